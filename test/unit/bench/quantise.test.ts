import assert from 'node:assert/strict';
import { blockBytes, blockWeights, halfFloat, quantiseBlock, type Quantisation } from '../../../bench/shapes/quantise';
import { RandomBlocks } from '../../../bench/shapes/randomBlocks';

/** Half precision read back: normal numbers and zero. */
function fromHalf(half: number): number {
	const sign = (half & 0x8000) === 0 ? 1 : -1;
	const exponent = (half >> 10) & 0x1f;
	return exponent === 0 ? 0 : sign * (1 + (half & 0x3ff) / 1024) * 2 ** (exponent - 15);
}

/** As llama.cpp reads a block. */
function dequantise(type: Quantisation, block: Buffer): number[] {
	const scale = fromHalf(block.readUInt16LE(0));
	if (type === 'Q8_0') {
		return Array.from({ length: blockWeights }, (_, index) => scale * block.readInt8(2 + index));
	}
	const bytes = Array.from(block.subarray(2));
	return [...bytes.map(byte => (byte & 15) - 8), ...bytes.map(byte => (byte >> 4) - 8)].map(weight => scale * weight);
}

const weights = Float32Array.from({ length: blockWeights }, (_, index) => Math.sin(index) * (1 + index / 10));

describe('quantisation', () => {
	for (const [type, error] of [
		['Q4_0', 1 / 8],
		['Q8_0', 1 / 200],
	] as const) {
		it(`${type} gives each weight back to within its step`, () => {
			const block = Buffer.alloc(blockBytes[type]);
			quantiseBlock(type, weights, block);
			const largest = Math.max(...weights.map(Math.abs));
			for (const [index, weight] of dequantise(type, block).entries()) {
				assert.ok(Math.abs(weight - (weights[index] ?? 0)) <= largest * error, `${type} ${index}: ${weight}`);
			}
		});

		it(`${type} keeps zeros`, () => {
			const block = Buffer.alloc(blockBytes[type]);
			quantiseBlock(type, new Float32Array(blockWeights), block);
			assert.ok(dequantise(type, block).every(weight => weight === 0));
		});
	}

	it('writes half precision', () => {
		assert.deepEqual([1, -2, 0.5, 65504, 0, 1e-9].map(halfFloat), [0x3c00, 0xc000, 0x3800, 0x7bff, 0, 0]);
		assert.throws(() => halfFloat(1e6), RangeError);
	});
});

describe('RandomBlocks', () => {
	const filled = (seed: number): Buffer => {
		const out = Buffer.alloc(2000 * blockBytes.Q8_0);
		new RandomBlocks('Q8_0', 0.5, seed).fill(out);
		return out;
	};

	it('fills with weights of the deviation asked for', () => {
		const out = filled(1);
		const values = Array.from({ length: 2000 }, (_, block) =>
			dequantise('Q8_0', out.subarray(block * blockBytes.Q8_0, (block + 1) * blockBytes.Q8_0)),
		).flat();
		const deviation = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
		assert.ok(Math.abs(deviation - 0.5) < 0.02, `${deviation}`);
	});

	it('is the same for the same seed only', () => {
		assert.deepEqual(filled(1), filled(1));
		assert.notDeepEqual(filled(1), filled(3));
	});
});
