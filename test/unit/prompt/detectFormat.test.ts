import assert from 'node:assert/strict';
import { detectFim } from '../../../src/core/prompt/fim/detectFormat';
import { fimFamilies } from '../../../src/core/prompt/fim/families';
import type { GgufFacts } from '../../../src/core/prompt/fim/ggufFacts';
import { factsOf, type FamilyName } from './modelFacts';

const familyNames = Object.keys(fimFamilies) as FamilyName[];

describe('detectFormat', () => {
	for (const name of familyNames) {
		it(`knows ${name} by its header`, () => {
			const format = detectFim(factsOf(name));
			assert.equal(format?.family, name);
			assert.equal(format.verified, fimFamilies[name].signature.architectures.length > 0);
			assert.equal(format.prefix, 1);
			assert.equal(format.suffix, 2);
		});
	}

	const unproven: readonly { name: string; facts: GgufFacts; family: string }[] = [
		{
			name: 'a general Qwen model, which carries the coder tokens without the training',
			facts: factsOf('qwen2.5-coder', { name: 'Qwen2.5 7B Instruct' }),
			family: 'qwen2.5-coder',
		},
		{
			name: 'a Gemma that is no CodeGemma',
			facts: factsOf('codegemma', { name: 'gemma 2b it' }),
			family: 'codegemma',
		},
		{
			name: 'a Mistral that is no Codestral',
			facts: factsOf('codestral', { name: 'Mistral 7B Instruct v0.3' }),
			family: 'codestral',
		},
		{
			name: 'an unknown architecture with the tokens of StarCoder',
			facts: factsOf('starcoder', { architecture: 'novel', pre: 'novel' }),
			family: 'starcoder',
		},
		{
			name: 'a model whose declared ids are other tokens than the texts say',
			facts: factsOf('starcoder2', { declared: { prefix: 2, suffix: 1 } }),
			family: 'starcoder2',
		},
	];
	for (const { name, facts, family } of unproven) {
		it(`does not vouch for ${name}`, () => {
			const format = detectFim(facts);
			assert.equal(format?.family, family);
			assert.equal(format.verified, false);
		});
	}

	it('does not take a sotto model with a middle token for one without', () => {
		const facts = factsOf('sotto');
		const controlTokens = new Map([...facts.controlTokens, ['<fim_middle>', 90]]);
		assert.notEqual(detectFim({ ...facts, controlTokens })?.family, 'sotto');
	});

	it('uses declared ids when no family spells the tokens so', () => {
		const facts = factsOf('sotto', { controlTokens: new Map(), declared: { prefix: 7, suffix: 8, middle: 9 } });
		const format = detectFim(facts);
		assert.equal(format?.family, 'metadata');
		assert.equal(format.order, 'prefix-suffix-middle');
		assert.deepEqual([format.prefix, format.suffix, format.middle], [7, 8, 9]);
	});

	it('takes a model that declares no middle token for suffix-first', () => {
		const facts = factsOf('sotto', { controlTokens: new Map(), declared: { prefix: 7, suffix: 8 } });
		assert.equal(detectFim(facts)?.order, 'suffix-first');
	});

	it('finds no format in a vocabulary without fill-in-the-middle tokens', () => {
		assert.equal(detectFim(factsOf('qwen2.5-coder', { controlTokens: new Map([['<|im_end|>', 5]]) })), undefined);
	});

	it('gives BOS to families that want it and to models that declare it', () => {
		assert.equal(detectFim(factsOf('deepseek-coder'))?.bos, 0);
		assert.equal(detectFim(factsOf('starcoder2'))?.bos, undefined);
		assert.equal(detectFim(factsOf('starcoder2', { addBos: true }))?.bos, 0);
	});

	it('leaves file marks out when the vocabulary lacks their token', () => {
		const facts = factsOf('starcoder');
		const controlTokens = new Map([...facts.controlTokens].filter(([text]) => text !== '<filename>'));
		assert.equal(detectFim({ ...facts, controlTokens })?.file, undefined);
	});

	it('resolves the stop texts that the vocabulary has', () => {
		const facts = factsOf('seed-coder');
		assert.deepEqual(detectFim(facts)?.stops, new Set([facts.controlTokens.get('<[end▁of▁sentence]>')]));
	});
});
