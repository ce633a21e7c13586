import assert from 'node:assert/strict';
import { detectFim } from '../../../src/core/prompt/fim/detectFormat';
import { fimFamilies, type FimFamily } from '../../../src/core/prompt/fim/families';
import type { GgufFacts } from '../../../src/core/prompt/fim/ggufFacts';
import { layoutPrompt } from '../../../src/core/prompt/layout';
import { FakeTokenizer } from './fakeTokenizer';
import { factsOf, type FamilyName } from './modelFacts';

/** The headers of models as they are in the wild. */
const models: readonly { model: string; facts: GgufFacts; family: string | undefined; verified?: boolean }[] = [
	{ model: 'StarCoderBase 1B', facts: factsOf('starcoder'), family: 'starcoder' },
	{
		model: 'Refact 1.6B',
		facts: factsOf('starcoder', { architecture: 'refact', pre: 'refact', name: 'Refact' }),
		family: 'starcoder',
	},
	{
		model: 'Granite 8B Code',
		facts: factsOf('starcoder', { architecture: 'llama', pre: 'refact', name: 'granite 8b code base' }),
		family: 'starcoder',
	},
	{
		model: 'Granite 3.1 2B',
		facts: factsOf('starcoder', { architecture: 'granite', pre: 'refact', name: 'granite 3.1 2b base' }),
		family: 'starcoder',
	},
	{
		model: 'Granite 4.0 H Tiny',
		facts: factsOf('granite-4', { architecture: 'granitehybrid', name: 'Granite 4.0 H Tiny' }),
		family: 'granite-4',
	},
	{
		model: 'DeepSeek-Coder-V2-Lite',
		facts: factsOf('deepseek-coder', {
			architecture: 'deepseek2',
			pre: 'deepseek-llm',
			name: 'DeepSeek Coder V2 Lite Base',
		}),
		family: 'deepseek-coder',
	},
	{
		model: 'Qwen3-Coder 30B A3B',
		facts: factsOf('qwen2.5-coder', { architecture: 'qwen3moe', name: 'Qwen3 Coder 30B A3B Instruct' }),
		family: 'qwen2.5-coder',
	},
	{
		model: 'Mellum2 12B',
		facts: factsOf('mellum', { architecture: 'mellum', pre: 'mellum2', name: 'Mellum2 base' }),
		family: 'mellum',
	},
	{
		model: 'GLM-4 9B',
		facts: factsOf('codegeex', { architecture: 'chatglm', name: 'glm 4 9b chat' }),
		family: 'codegeex',
		verified: false,
	},
	{
		model: 'StableLM Zephyr 3B',
		facts: factsOf('stable-code', { name: 'stablelm zephyr 3b' }),
		family: 'stable-code',
		verified: false,
	},
	{
		model: 'OpenCoder 8B',
		facts: factsOf('starcoder', { architecture: 'llama', pre: 'default', name: 'OpenCoder 8B Instruct' }),
		family: undefined,
	},
	{ model: 'OpenCoder 1.5B', facts: factsOf('qwen2.5-coder', { name: 'Opencoder 1.5B base' }), family: undefined },
];

describe('the format of models in the wild', () => {
	for (const { model, facts, family, verified = true } of models) {
		it(`${model}: ${family === undefined ? 'not offered' : `${family}${verified ? '' : ', not vouched for'}`}`, () => {
			const format = detectFim(facts);
			assert.equal(format?.family, family);
			assert.equal(format?.verified, family === undefined ? undefined : verified);
		});
	}
});

function promptOf(
	name: FamilyName,
	prefix = 'let a = ',
	pieces: readonly { path: string; text: string }[] = [],
): string {
	const format = detectFim(factsOf(name));
	assert.ok(format);
	const tokenizer = new FakeTokenizer();
	const input = { path: 'a.ts', prefix, suffix: ';\n', pieces };
	return tokenizer.render(layoutPrompt(format, tokenizer, input, { budget: 300 }).tokens, format);
}

const families = Object.entries(fimFamilies) as [FamilyName, FimFamily][];

/** Bugs of other extensions, found in their templates. */
describe('a template', () => {
	it('of Seed-Coder has the text after the cursor in front (Continue: behind)', () => {
		assert.match(promptOf('seed-coder'), /\[SUF\].*\[PRE\].*\[MID\]$/s);
	});

	it('of Mellum has the text after the cursor in front (Continue: StableCode’s template)', () => {
		assert.match(promptOf('mellum'), /\[SUF\].*\[PRE\].*\[MID\]$/s);
	});

	it('stops at no text that code may hold (Continue: DeepSeek stops at //)', () => {
		for (const [name, { stop }] of families) {
			const inCode = stop.filter(text => !/^(?:[<▁].*>|\[[A-Z]+\])$/u.test(text));
			assert.deepEqual(inCode, [], name);
		}
	});

	it('is given to no model without the tokens (Continue: <fim_prefix> to general Qwen; Twinny: CodeLlama’s to all)', () => {
		const facts = factsOf('qwen2.5-coder', {
			name: 'Qwen2.5 7B Instruct',
			controlTokens: new Map([['<|im_end|>', 1]]),
		});
		assert.equal(detectFim(facts), undefined);
	});

	it('of CodeGemma has bars in its tokens (Twinny: <fim_prefix>)', () => {
		assert.equal(fimFamilies.codegemma.prefix, '<|fim_prefix|>');
	});

	it('of CodeLlama adds no spaces to those that its tokens carry (Twinny: spaces around <SUF>)', () => {
		assert.equal(promptOf('codellama'), '[BOS][PRE][SUF];\n[MID]let a = ');
	});

	it('keeps the indentation at the cursor (Twinny: trims the prompt)', () => {
		for (const [name, { middle }] of families) {
			assert.match(promptOf(name, 'if (a) {\n\t\t'), middle === undefined ? /\t\t$/ : /\t\t(?:\[MID\])?$/, name);
		}
	});

	it('keeps the text after the cursor beside other files (Twinny: drops it)', () => {
		for (const [name] of families) {
			assert.match(promptOf(name, 'let a = ', [{ path: 'b.ts', text: 'export const b = 1;' }]), /\[SUF\];\n/, name);
		}
	});

	it('names the file that it is about (llama.cpp: always “filename”)', () => {
		for (const [name, { file }] of families.filter(([, one]) => one.file !== undefined)) {
			assert.match(promptOf(name), file?.kind === 'token' ? /\[FILE\]a\.ts\n/ : /(?:#|\+{5} )a\.ts\n/, name);
		}
	});

	it('has BOS in front of everything, other files included (llama.cpp: behind them)', () => {
		for (const [name] of families.filter(([, { bos }]) => bos === true)) {
			assert.match(promptOf(name, 'x', [{ path: 'b.ts', text: 'export const b = 1;' }]), /^\[BOS\]/, name);
		}
	});

	it('lets no control token in by the text of the user (Continue: a separator in the prefix)', () => {
		// Texts become tokens by the tokeniser alone; `test/process/vocabularies.test.ts` holds it against real ones.
		assert.equal(promptOf('starcoder2', '<file_sep>'), '[FILE]a.ts\n[PRE][SUF];\n[MID]<file_sep>');
	});
});
