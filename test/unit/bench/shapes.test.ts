import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { tensorsOf } from '../../../bench/shapes/shape';
import { voices } from '../../../bench/shapes/voice';
import { isWord, readVocabulary } from '../../../bench/shapes/vocabulary';
import { writeShape } from '../../../bench/shapes/writeShape';
import { detectFim } from '../../../src/core/prompt/fim/detectFormat';
import { ggufFacts } from '../../../src/engine/gguf/ggufFacts';
import { parseGgufHeader } from '../../../src/engine/gguf/ggufHeader';
import { ggufString, headerOnly, stringEntry, u32, u64 } from '../../support/gguf';
import { removeTemporaryFolders, temporaryFolder } from '../../support/temporaryFolder';

const tokenCount = 151_666;
const shape = { layers: 2, width: 64, feedForward: 128, heads: 2, keyHeads: 1 };

/** Like `ggml-vocab-qwen2.gguf`: the ids of the control tokens hold padding. */
function vocabularyFile(): Buffer {
	const tokens = Array.from({ length: tokenCount }, (_, id) => ggufString(`[PAD${id}]`));
	const types = Array.from({ length: tokenCount }, () => u32(4));
	const array = (key: string, type: number, items: readonly Buffer[]): Buffer =>
		Buffer.concat([ggufString(key), u32(9), u32(type), u64(items.length), ...items]);
	return headerOnly([
		stringEntry('general.name', 'not to be taken over'),
		stringEntry('tokenizer.ggml.pre', 'qwen2'),
		array('tokenizer.ggml.tokens', 8, tokens),
		array('tokenizer.ggml.token_type', 5, types),
	]);
}

describe('a model of real shape with random weights', () => {
	const vocabulary = readVocabulary(vocabularyFile());
	after(removeTemporaryFolders);

	const write = async (seed: number): Promise<string> => {
		const path = join(await temporaryFolder(), 'model.gguf');
		writeShape(path, { name: 'Coder shape', shape, type: 'Q4_0', seed, voice: voices.vague }, vocabulary);
		return path;
	};

	it('is as long as its header says', async () => {
		const path = await write(1);
		const header = parseGgufHeader(readFileSync(path));
		assert.equal(header.fileBytes, statSync(path).size);
		assert.equal(header.metadata.get('qwen2.block_count'), 2);
		assert.equal(header.metadata.get('general.name'), 'Coder shape');
	});

	it('is known as a model that fills in the middle, with the tokens where the real ones have them', async () => {
		const format = detectFim(ggufFacts(parseGgufHeader(readFileSync(await write(1)))));
		assert.deepEqual([format?.family, format?.verified], ['qwen2.5-coder', true]);
		assert.deepEqual([format?.prefix, format?.middle, format?.suffix], [151_659, 151_660, 151_661]);
	});

	it('is the same for the same seed only', async () => {
		const first = readFileSync(await write(1));
		assert.ok(first.equals(readFileSync(await write(1))));
		assert.ok(!first.equals(readFileSync(await write(2))));
	});
});

describe('tensorsOf', () => {
	it('has the parts of every layer, an embedding and a norm', () => {
		const tensors = tensorsOf(shape, 'Q8_0', { tokens: 100, voice: voices.sure });
		assert.equal(tensors.length, 1 + 2 * 12 + 1);
		assert.deepEqual(tensors[0]?.dimensions, [64, 100]);
		assert.deepEqual(tensors.find(({ name }) => name === 'blk.1.attn_k.weight')?.dimensions, [64, 32]);
	});
});

describe('the sure voice', () => {
	it('is loudest at line ends, then at words of what is typed, and never silent', () => {
		const { loudness } = voices.sure;
		assert.ok(loudness(';Ċ') > loudness('Ġprice'));
		assert.equal(loudness('Price'), loudness('Ġprice'));
		assert.ok(loudness('Ġprice') > loudness('Ġkitten'));
		assert.ok(loudness('Ġkitten') > 0);
	});
});

describe('isWord', () => {
	it('takes words, with or without a space in front, and nothing else', () => {
		assert.deepEqual(['Ġreturn', 'of', 'a', 'Ċ', '();', 'Ġ', '[PAD1]'].map(isWord), [
			true,
			true,
			false,
			false,
			false,
			false,
			false,
		]);
	});
});
