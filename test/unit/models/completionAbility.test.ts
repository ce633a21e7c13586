import assert from 'node:assert/strict';
import { whyItCannotComplete, type ModelMake } from '../../../src/core/models/completionAbility';
import { ggufFacts } from '../../../src/engine/gguf/ggufFacts';
import { parseGgufHeader } from '../../../src/engine/gguf/ggufHeader';
import { ggufString, headerOnly, stringEntry, u32 } from '../../support/gguf';

/** Header fields of a model of this architecture, with metadata of its own. */
function makeOf(architecture: string, numbers: readonly string[] = []): ModelMake {
	const entries = numbers.map(key => Buffer.concat([ggufString(key), u32(4), u32(1024)]));
	const header = parseGgufHeader(headerOnly([stringEntry('general.architecture', architecture), ...entries]));
	const facts = ggufFacts(header);
	return { name: 'Some', architecture: facts.architecture, keys: header.metadata.keys() };
}

describe('whyItCannotComplete', () => {
	for (const architecture of ['llama', 'qwen2', 'starcoder2', 'gemma', 'granite', 'deepseek2', 'glm4']) {
		it(`lets ${architecture} complete`, () => {
			assert.equal(whyItCannotComplete(makeOf(architecture)), undefined);
		});
	}

	it('lets models with a sliding window complete: their cache is kept in full', () => {
		assert.equal(whyItCannotComplete(makeOf('gemma3', ['gemma3.attention.sliding_window'])), undefined);
	});

	const recurrent = ['mamba2', 'rwkv7', 'jamba', 'falcon-h1', 'granitehybrid', 'lfm2', 'plamo2', 'qwen3next'];
	for (const architecture of recurrent) {
		it(`refuses ${architecture}, and says what to choose and that it may explain`, () => {
			const reason = whyItCannotComplete(makeOf(architecture)) ?? '';
			assert.match(reason, /cannot be taken back\. Choose .*Qwen2\.5-Coder; this one can explain\.$/);
			assert.ok(reason.includes(architecture));
		});
	}

	for (const key of ['ssm.conv_kernel', 'wkv.head_size', 'shortconv.l_cache']) {
		it(`refuses an architecture that is newer than the list by its ${key}`, () => {
			assert.match(whyItCannotComplete(makeOf('novel', [`novel.${key}`])) ?? '', /read everything again/);
		});
	}

	it('does not take a name for a running state', () => {
		assert.equal(whyItCannotComplete(makeOf('llama', ['tokenizer.ssm', 'llama.ssmall.size'])), undefined);
	});

	it('refuses a model that writes all at once', () => {
		assert.match(whyItCannotComplete(makeOf('dream')) ?? '', /from left to right\. Choose/);
	});
});
