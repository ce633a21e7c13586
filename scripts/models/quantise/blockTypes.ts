import { fromHalf, toHalf } from './halfFloat';
import { blockWeights, fitLevels, levelsOf, type Levels } from './sixteenLevels';

/** How 32 weights are written, as ggml defines it. */
export interface BlockType {
	/** In a tensor's description. */
	readonly number: number;
	/** Bytes of a block. */
	readonly bytes: number;
	readonly read: (block: Buffer, weights: Float32Array) => void;
	/** Absent where nothing is written in this type. */
	readonly write?: (weights: Float32Array, block: Buffer) => void;
}

export type WeightType = 'Q4_0' | 'Q4_1' | 'Q8_0' | 'IQ4_NL';

const half = blockWeights / 2;

/** Evenly spaced: -8 to 7, here times 16. */
const even = levelsOf(Array.from({ length: 16 }, (_, index) => 16 * (index - 8)));
/** `kvalues_iq4nl` of ggml-common.h: denser around zero, where most weights are. */
const uneven = levelsOf([-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113]);

export const blockTypes: Readonly<Record<WeightType, BlockType>> = {
	Q4_0: sixteenLevels(2, even, 16),
	Q4_1: { number: 3, bytes: 4 + half, read: readWithMinimum },
	Q8_0: { number: 8, bytes: 2 + blockWeights, read: readBytes, write: writeBytes },
	IQ4_NL: sixteenLevels(20, uneven, 1),
};

/** @param unit what the file's scale is of the scale of `levels`. */
function sixteenLevels(number: number, levels: Levels, unit: number): BlockType {
	const indexes = new Uint8Array(blockWeights);
	return {
		number,
		bytes: 2 + half,
		read: (block, weights) => {
			const scale = fromHalf(block.readUInt16LE(0)) / unit;
			readNibbles(block.subarray(2), index => scale * (levels.values[index] ?? 0), weights);
		},
		write: (weights, block) => {
			block.writeUInt16LE(toHalf(fitLevels(weights, levels, indexes) * unit), 0);
			for (let at = 0; at < half; at++) {
				block[2 + at] = (indexes[at] ?? 0) | ((indexes[at + half] ?? 0) << 4);
			}
		},
	};
}

/** A scale, the least weight, and how many scales each weight is above it. */
function readWithMinimum(block: Buffer, weights: Float32Array): void {
	const scale = fromHalf(block.readUInt16LE(0));
	const least = fromHalf(block.readUInt16LE(2));
	readNibbles(block.subarray(4), index => scale * index + least, weights);
}

/** The first half of the weights is in the low four bits, the second in the high ones. */
function readNibbles(nibbles: Buffer, weightOf: (index: number) => number, weights: Float32Array): void {
	for (let at = 0; at < half; at++) {
		const pair = nibbles[at] ?? 0;
		weights[at] = weightOf(pair & 15);
		weights[at + half] = weightOf(pair >> 4);
	}
}

function readBytes(block: Buffer, weights: Float32Array): void {
	const scale = fromHalf(block.readUInt16LE(0));
	for (let at = 0; at < blockWeights; at++) {
		weights[at] = scale * block.readInt8(2 + at);
	}
}

/** The weight farthest from zero becomes 127 or -127. */
function writeBytes(weights: Float32Array, block: Buffer): void {
	const scale = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127;
	const inverse = scale === 0 ? 0 : 1 / scale;
	block.writeUInt16LE(toHalf(scale), 0);
	for (let at = 0; at < blockWeights; at++) {
		block.writeInt8(Math.round((weights[at] ?? 0) * inverse), 2 + at);
	}
}
