import assert from 'node:assert/strict';
import { contextSize } from '../../../src/engine/contextSize';
import type { GgufHeader } from '../../../src/engine/gguf/ggufHeader';

/** A header with nothing but these entries. */
function headerOf(entries: Readonly<Record<string, string | number>>): GgufHeader {
	const metadata = new Map(Object.entries(entries));
	return { metadata, tokens: [], tokenTypes: [], tensorCount: 0, fileBytes: undefined };
}

const smollm2 = headerOf({
	'general.architecture': 'llama',
	'llama.block_count': 30,
	'llama.embedding_length': 576,
	'llama.attention.head_count': 9,
	'llama.attention.head_count_kv': 3,
});

describe('contextSize', () => {
	it('keeps the KV cache at half the size of the weights', () => {
		assert.equal(contextSize(smollm2, { trainedTokens: 8192, fileBytes: 109_974_912 }), 2386);
	});

	it('leaves enough to work with, however small the file is', () => {
		assert.equal(contextSize(smollm2, { trainedTokens: 8192, fileBytes: 1_000_000 }), 2048);
	});

	it('is never longer than the model was trained for', () => {
		assert.equal(contextSize(smollm2, { trainedTokens: 1024, fileBytes: 1_000_000 }), 1024);
	});

	it('is never longer than ghost text repays', () => {
		assert.equal(contextSize(smollm2, { trainedTokens: 131_072, fileBytes: 4e9 }), 4096);
	});

	it('reads the length of keys and values where the header tells it', () => {
		const gemma = headerOf({
			'general.architecture': 'gemma3',
			'gemma3.block_count': 18,
			'gemma3.embedding_length': 640,
			'gemma3.attention.head_count': 4,
			'gemma3.attention.head_count_kv': 1,
			'gemma3.attention.key_length': 256,
			'gemma3.attention.value_length': 256,
		});
		assert.equal(contextSize(gemma, { trainedTokens: 32_768, fileBytes: 18_432 * 2 * 3000 }), 3000);
	});

	it('takes a header that tells nothing for one of a model without a cache', () => {
		assert.equal(contextSize(headerOf({}), { trainedTokens: 32_768, fileBytes: 1_000_000 }), 4096);
	});
});
