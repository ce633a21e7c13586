/** The quantised types of llama.cpp that the benchmark uses; both have blocks of 32 weights with one scale. */
export type Quantisation = 'Q4_0' | 'Q8_0';

export const blockWeights = 32;
/** A scale of two bytes, then the weights. */
export const blockBytes = { Q4_0: 2 + blockWeights / 2, Q8_0: 2 + blockWeights } as const;

/** Writes one block of 32 weights to `out`, as llama.cpp's reference quantiser does. */
export function quantiseBlock(type: Quantisation, weights: Float32Array, out: Buffer): void {
	if (type === 'Q4_0') {
		quantiseQ4(weights, out);
	} else {
		quantiseQ8(weights, out);
	}
}

/** Four bits: the weight farthest from zero becomes -8 scales, so that one end of the range is exact. */
function quantiseQ4(weights: Float32Array, out: Buffer): void {
	const farthest = weights.reduce((most, weight) => (Math.abs(weight) > Math.abs(most) ? weight : most), 0);
	const scale = farthest / -8;
	const inverse = scale === 0 ? 0 : 1 / scale;
	const nibble = (index: number): number => Math.min(15, Math.trunc((weights[index] ?? 0) * inverse + 8.5));
	out.writeUInt16LE(halfFloat(scale), 0);
	const half = blockWeights / 2;
	for (let index = 0; index < half; index++) {
		out.writeUInt8(nibble(index) | (nibble(index + half) << 4), 2 + index);
	}
}

function quantiseQ8(weights: Float32Array, out: Buffer): void {
	const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
	const scale = largest / 127;
	const inverse = scale === 0 ? 0 : 1 / scale;
	out.writeUInt16LE(halfFloat(scale), 0);
	for (let index = 0; index < blockWeights; index++) {
		out.writeInt8(Math.round((weights[index] ?? 0) * inverse), 2 + index);
	}
}

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The nearest IEEE 754 half-precision number that is no larger; what is too small for a normal one becomes 0. */
export function halfFloat(value: number): number {
	float[0] = value;
	const single = bits[0] ?? 0;
	const sign = (single >>> 16) & 0x8000;
	const exponent = ((single >>> 23) & 0xff) - 127 + 15;
	if (exponent >= 31) {
		throw new RangeError(`${value} is too large for a scale`);
	}
	return exponent <= 0 ? sign : sign | (exponent << 10) | ((single >>> 13) & 0x3ff);
}
