import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { splitGguf } from '../../../scripts/models/ggufParts';
import { blockTypes, type WeightType } from '../../../scripts/models/quantise/blockTypes';
import { fromHalf, toHalf } from '../../../scripts/models/quantise/halfFloat';
import { typeFor } from '../../../scripts/models/quantise/recipes';
import { requantise } from '../../../scripts/models/quantise/requantise';
import { parseGgufHeader } from '../../../src/engine/gguf/ggufHeader';
import { nanoModel } from '../../support/gguf';

const weights = Float32Array.from({ length: 32 }, (_, index) => Math.sin(index) * (1 + index / 10));

function throughType(type: WeightType, source: Float32Array): Float32Array {
	const { write, read, bytes } = blockTypes[type];
	assert.ok(write !== undefined);
	const block = Buffer.alloc(bytes, 0xff);
	write(source, block);
	const back = new Float32Array(source.length);
	read(block, back);
	return back;
}

describe('half precision', () => {
	it('gives every finite number back', () => {
		for (let half = 0; half < 0x10000; half++) {
			const value = fromHalf(half);
			if (Number.isFinite(value)) {
				assert.equal(toHalf(value), half);
			}
		}
	});

	it('rounds to the nearest, ties to even', () => {
		const step = 2 ** -10;
		assert.deepEqual([1 + 0.4 * step, 1 + 0.6 * step, 1 + 0.5 * step, 1 + 1.5 * step].map(toHalf), [
			0x3c00, 0x3c01, 0x3c00, 0x3c02,
		]);
		assert.deepEqual([2 ** -25, 1.1 * 2 ** -25, 65519].map(toHalf), [0, 1, 0x7bff]);
	});

	it('refuses what is too large', () => {
		assert.throws(() => toHalf(65520), RangeError);
		assert.throws(() => toHalf(-1e9), RangeError);
	});
});

describe('types of weights', () => {
	for (const [type, most] of [
		['Q8_0', 1 / 250],
		['Q4_0', 1 / 10],
		['IQ4_NL', 1 / 10],
	] as const) {
		it(`${type} gives each weight back to within its step`, () => {
			const largest = Math.max(...weights.map(Math.abs));
			const errors = throughType(type, weights).map((weight, at) => Math.abs(weight - (weights[at] ?? 0)));
			assert.ok(Math.max(...errors) <= largest * most, `${Math.max(...errors) / largest}`);
		});

		it(`${type} keeps a block of zeros`, () => {
			assert.ok(throughType(type, new Float32Array(32)).every(weight => weight === 0));
		});

		it(`${type} changes nothing that it has written itself`, () => {
			const once = throughType(type, weights);
			assert.deepEqual(throughType(type, once), once);
		});
	}

	it('Q4_0 finds a better scale than the one that keeps the largest weight', () => {
		const uneven = Float32Array.from({ length: 32 }, (_, at) => (at === 0 ? 1 : 0.4 * Math.cos(at)));
		const off = (back: Float32Array): number => back.reduce((sum, weight, at) => sum + (weight - (uneven[at] ?? 0)) ** 2, 0);
		const largestKept = uneven.map(weight => Math.min(7, Math.max(-8, Math.floor(weight * -8 + 0.5))) / -8);
		assert.ok(off(throughType('Q4_0', uneven)) < off(largestKept));
	});

	it('reads Q4_1 as llama.cpp does: scale, least weight, low halves first', () => {
		const block = Buffer.alloc(20);
		block.writeUInt16LE(toHalf(0.5), 0);
		block.writeUInt16LE(toHalf(-2), 2);
		block[4] = 0xf1;
		const read = new Float32Array(32);
		blockTypes.Q4_1.read(block, read);
		assert.deepEqual([read[0], read[16], read[1]], [-1.5, 5.5, -2]);
	});
});

describe('a model in other types', () => {
	const source = readFileSync(nanoModel);
	const described = { name: 'Nano anew', description: 'feed-forward in IQ4_NL' };
	const made = requantise(source, { feedForward: 'IQ4_NL' }, described);

	it('has the types of the recipe, and whole tensors where the header says', () => {
		const before = splitGguf(source);
		const after = splitGguf(made);
		for (const [index, tensor] of after.tensors.entries()) {
			const own = before.tensors[index];
			const isFeedForward = tensor.name.includes('.ffn_') && !tensor.name.includes('norm');
			assert.equal(tensor.type, isFeedForward ? 20 : own?.type, tensor.name);
		}
		assert.ok(after.tensors.some(({ type }) => type === 20));
		assert.ok(parseGgufHeader(made).fileBytes === made.length || made.length - (parseGgufHeader(made).fileBytes ?? 0) < 32);
	});

	it('keeps the bytes of what it does not change', () => {
		const [before, after] = [splitGguf(source), splitGguf(made)];
		const start = (parts: typeof before, name: string): Buffer =>
			parts.data.subarray(parts.tensors.find(tensor => tensor.name === name)?.offset ?? 0).subarray(0, 4096);
		assert.deepEqual(start(after, 'token_embd.weight'), start(before, 'token_embd.weight'));
	});

	it('says in its header what was done', () => {
		const { metadata } = parseGgufHeader(made);
		assert.equal(metadata.get('general.name'), 'Nano anew');
		assert.equal(metadata.get('general.quantized_by'), 'Sotto');
		assert.equal(metadata.get('general.description'), 'feed-forward in IQ4_NL');
	});

	it('is the same each time', () => {
		assert.ok(requantise(source, { feedForward: 'IQ4_NL' }, described).equals(made));
	});

	it('refuses a type that nothing is written in', () => {
		assert.throws(() => requantise(source, { attention: 'Q4_1' }, described), /Nothing is written/);
	});

	it('tells matrices apart by their names', () => {
		const recipe = { embedding: 'Q4_0', attention: 'Q8_0', feedForward: 'IQ4_NL' } as const;
		const names = ['token_embd.weight', 'blk.3.attn_q.weight', 'blk.12.ffn_down.weight', 'blk.0.attn_norm.weight'];
		assert.deepEqual(
			names.map(name => typeFor(recipe, name)),
			['Q4_0', 'Q8_0', 'IQ4_NL', undefined],
		);
	});
});
