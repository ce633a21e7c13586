const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

/** The number that these 16 bits stand for (IEEE 754, half precision). */
export function fromHalf(half: number): number {
	const sign = (half & 0x8000) === 0 ? 1 : -1;
	const exponent = (half >> 10) & 0x1f;
	const fraction = half & 0x3ff;
	if (exponent === 0x1f) {
		return fraction === 0 ? sign * Infinity : NaN;
	}
	return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

/** The 16 bits of the nearest half-precision number, ties to even. Throws a RangeError for what is too large for one. */
export function toHalf(value: number): number {
	single[0] = value;
	const [whole = 0] = bits;
	const sign = (whole >>> 16) & 0x8000;
	const exponent = ((whole >>> 23) & 0xff) - 112;
	const fraction = (whole & 0x7fffff) | 0x800000;
	// Below the normal numbers the leading bit moves into the fraction.
	const shift = exponent > 0 ? 13 : 14 - exponent;
	const rounded = shift > 24 ? 0 : roundedShift(fraction, shift);
	const half = exponent > 0 ? rounded + ((exponent - 1) << 10) : rounded;
	if (half >= 0x7c00) {
		throw new RangeError(`${value} is too large for half precision`);
	}
	return sign | half;
}

function roundedShift(value: number, shift: number): number {
	const kept = value >>> shift;
	const rest = value - kept * 2 ** shift;
	const half = 2 ** (shift - 1);
	return rest > half || (rest === half && (kept & 1) === 1) ? kept + 1 : kept;
}
