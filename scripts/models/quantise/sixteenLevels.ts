/** Weights of one block. */
export const blockWeights = 32;

/** Sixteen values between -128 and 127 that a weight can take, times the block's scale. */
export interface Levels {
	readonly values: Int16Array;
	/** Index of the nearest value, by a number from -128 to 127, plus 128. */
	readonly nearest: Uint8Array;
	/** That value itself. */
	readonly rounded: Float32Array;
}

export function levelsOf(values: readonly number[]): Levels {
	const nearest = Uint8Array.from({ length: 256 }, (_, at) => {
		const distance = (value: number): number => Math.abs(value - (at - 128));
		return values.reduce((best, value, index) => (distance(value) < distance(values[best] ?? 0) ? index : best), 0);
	});
	const rounded = Float32Array.from(nearest, index => values[index] ?? 0);
	return { values: Int16Array.from(values), nearest, rounded };
}

/** Where the weight that is farthest from zero is tried, in both directions: beyond the outermost level it is cut off. */
const reaches = [104, 112, 120, 128, 136].flatMap(reach => [-reach, reach]);

/**
 * Finds the scale with which a block of weights, each at its nearest level, is off by the least sum of squares, among
 * `reaches`. Writes each weight's index to `indexes` and returns the scale of the levels' values.
 */
export function fitLevels(weights: Float32Array, levels: Levels, indexes: Uint8Array): number {
	const farthest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
	if (farthest === 0) {
		setIndexes(weights, levels, 0, indexes);
		return 0;
	}
	let [bestGain, bestInverse, bestScale] = [-1, 0, 0];
	for (const reach of reaches) {
		const inverse = reach / farthest;
		const { products, squares } = sumsAt(weights, levels, inverse);
		// With the best scale for these levels, products / squares, the sum of squares falls by this much.
		const gain = squares === 0 ? 0 : (products * products) / squares;
		if (gain > bestGain) {
			[bestGain, bestInverse, bestScale] = [gain, inverse, squares === 0 ? 0 : products / squares];
		}
	}
	setIndexes(weights, levels, bestInverse, indexes);
	return bestScale;
}

/** The innermost loop: the time that a file takes is spent here. */
function sumsAt(weights: Float32Array, { rounded }: Levels, inverse: number): { products: number; squares: number } {
	let [products, squares] = [0, 0];
	for (const weight of weights) {
		const value = rounded[step(weight * inverse)] ?? 0;
		products += weight * value;
		squares += value * value;
	}
	return { products, squares };
}

function setIndexes(weights: Float32Array, { nearest }: Levels, inverse: number, indexes: Uint8Array): void {
	for (let at = 0; at < blockWeights; at++) {
		indexes[at] = nearest[step((weights[at] ?? 0) * inverse)] ?? 0;
	}
}

/** The place in `nearest`. */
function step(value: number): number {
	const rounded = Math.floor(value + 128.5);
	return rounded < 0 ? 0 : rounded > 255 ? 255 : rounded;
}
