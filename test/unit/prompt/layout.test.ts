import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { detectFim, type FimFormat } from '../../../src/core/prompt/fim/detectFormat';
import { layoutPrompt, type Layout, type LayoutInput } from '../../../src/core/prompt/layout';
import { FakeTokenizer } from './fakeTokenizer';
import { factsOf, type FamilyName } from './modelFacts';

function formatOf(name: FamilyName): FimFormat {
	const format = detectFim(factsOf(name));
	assert.ok(format);
	return format;
}

const input: LayoutInput = {
	path: 'src/a.ts',
	prefix: 'let a = ',
	suffix: ';\n',
	pieces: [{ path: 'b.ts', text: 'export const b = 1;' }],
};

/** The prompt of each family with one piece of another file. */
const golden: Readonly<Record<FamilyName, string>> = {
	sotto: '[BOS][FILE]b.ts\nexport const b = 1;\n[FILE]src/a.ts\n[SUF];\n[PRE]let a = ',
	'qwen2.5-coder': '[FILE]b.ts\nexport const b = 1;\n[FILE]src/a.ts\n[PRE][SUF];\n[MID]let a = ',
	starcoder: '[FILE]b.ts\nexport const b = 1;\n[FILE]src/a.ts\n[PRE][SUF];\n[MID]let a = ',
	starcoder2: '[FILE]b.ts\nexport const b = 1;\n[FILE]src/a.ts\n[PRE][SUF];\n[MID]let a = ',
	'granite-4': '[PRE][SUF];\n[MID]let a = ',
	codellama: '[BOS][PRE][SUF];\n[MID]let a = ',
	'deepseek-coder': '[BOS][PRE]#b.ts\nexport const b = 1;\n#src/a.ts\n[SUF];\n[MID]let a = ',
	codegemma: '[BOS][FILE]b.ts\nexport const b = 1;\n[FILE]src/a.ts\n[PRE][SUF];\n[MID]let a = ',
	codestral: '[BOS][SUF];\n[PRE]+++++ b.ts\nexport const b = 1;\n+++++ src/a.ts\nlet a = ',
	mellum: '[FILE]b.ts\nexport const b = 1;\n[FILE]src/a.ts\n[SUF];\n[PRE]let a = [MID]',
	'seed-coder': '[SUF];\n[PRE]let a = [MID]',
	santacoder: '[PRE][SUF];\n[MID]let a = ',
	'stable-code': '[PRE][SUF];\n[MID]let a = ',
	'falcon-h1-coder': '[PRE][SUF];\n[MID]let a = ',
	codegeex: '[SUF];\n[PRE]let a = [MID]',
};

describe('layoutPrompt', () => {
	for (const [name, expected] of Object.entries(golden) as [FamilyName, string][]) {
		it(`writes a prompt for ${name}`, () => {
			const tokenizer = new FakeTokenizer();
			const format = formatOf(name);
			const { tokens } = layoutPrompt(format, tokenizer, input, { budget: 200 });
			assert.equal(tokenizer.render(tokens, format), expected);
		});
	}

	const format = formatOf('sotto');

	it('writes a prompt for an empty file', () => {
		const tokenizer = new FakeTokenizer();
		const empty = { path: 'a.ts', prefix: '', suffix: '', pieces: [] };
		const { tokens } = layoutPrompt(format, tokenizer, empty, { budget: 100 });
		assert.equal(tokenizer.render(tokens, format), '[BOS][FILE]a.ts\n[SUF][PRE]');
	});

	it('keeps a path to one line, and a long one to its end', () => {
		const tokenizer = new FakeTokenizer();
		const path = `${'deep/'.repeat(1000)}with\nline end.ts`;
		const { tokens } = layoutPrompt(format, tokenizer, { ...input, path, pieces: [] }, { budget: 200 });
		const text = tokenizer.render(tokens, format);
		assert.match(text, /with line end\.ts\n\[SUF\]/);
		assert.ok(tokens.length < 70, `${tokens.length} tokens`);
	});

	it('takes pieces in order while they fit, and whole lines of the last one', () => {
		const tokenizer = new FakeTokenizer();
		const pieces = ['x', 'y', 'z'].map(name => ({ path: `${name}.ts`, text: `${name} = 1\n`.repeat(8) }));
		const layout = layoutPrompt(format, tokenizer, { ...input, pieces }, { budget: 300 });
		const text = tokenizer.render(layout.tokens, format);
		assert.equal(layout.pieces, 2);
		assert.match(text, /\[FILE\]x\.ts\n(?:x = 1\n){8}\[FILE\]y\.ts\n(?:y = 1\n)+\[FILE\]src\/a\.ts\n/);
		assert.ok(!text.includes('z.ts'));
	});

	it('gives the text after the cursor at most a quarter of the budget, in whole lines', () => {
		const tokenizer = new FakeTokenizer();
		const suffix = 'word word\n'.repeat(100);
		const { tokens } = layoutPrompt(format, tokenizer, { ...input, suffix, pieces: [] }, { budget: 100 });
		assert.match(tokenizer.render(tokens, format), /\[SUF\](?:word word\n){6}\[PRE\]/);
	});

	it('does not tokenise what cannot fit', () => {
		const tokenizer = new FakeTokenizer();
		const huge = 'x '.repeat(2_000_000);
		const pieces = [{ path: 'b.ts', text: huge }];
		layoutPrompt(format, tokenizer, { path: 'a.ts', prefix: huge, suffix: huge, pieces }, { budget: 900 });
		assert.ok(tokenizer.charactersSeen < 100_000, `${tokenizer.charactersSeen} characters`);
	});
});

describe('layoutPrompt from keystroke to keystroke', () => {
	const below = 'other();\n'.repeat(20);

	/** Types `keys` one by one at a place and tells how many tokens of each prompt were not at the same place before. */
	function newTokens(name: FamilyName, keys: readonly { prefix: string; suffix: string }[]): number[] {
		const tokenizer = new FakeTokenizer();
		const counts: number[] = [];
		let last: Layout | undefined;
		for (const { prefix, suffix } of keys) {
			const next = layoutPrompt(
				formatOf(name),
				tokenizer,
				{ ...input, prefix, suffix },
				{ budget: 400, state: last?.state },
			);
			const before = last?.tokens ?? [];
			const different = next.tokens.findIndex((token, index) => token !== before[index]);
			counts.push(different === -1 ? 0 : next.tokens.length - different);
			last = next;
		}
		return counts.slice(1);
	}

	const head = 'let a = 1;\n'.repeat(10);
	const typed = (text: string, suffix = `\n${below}`) =>
		Array.from({ length: text.length + 1 }, (_, length) => ({ prefix: head + text.slice(0, length), suffix }));

	for (const name of ['sotto', 'qwen2.5-coder', 'starcoder', 'deepseek-coder', 'codestral'] as const) {
		it(`changes one token a key for ${name}`, () => {
			assert.ok(newTokens(name, typed('let value = call(1);\n\treturn value;')).every(count => count <= 1));
		});
	}

	for (const name of ['mellum', 'seed-coder'] as const) {
		it(`changes two tokens a key for ${name}, whose prompt ends with a middle token`, () => {
			assert.ok(newTokens(name, typed('let value = call(1);')).every(count => count <= 2));
		});
	}

	for (const name of ['sotto', 'qwen2.5-coder'] as const) {
		it(`changes one token for ${name} when the editor closes a bracket`, () => {
			const [open = 0] = newTokens(name, [
				{ prefix: `${head}call`, suffix: `\n${below}` },
				{ prefix: `${head}call(`, suffix: `)\n${below}` },
			]);
			assert.equal(open, 1);
		});

		it(`shows ${name} the text right of the cursor`, () => {
			const tokenizer = new FakeTokenizer();
			const place = (suffix: string): LayoutInput => ({ ...input, prefix: 'call(', suffix });
			const first = layoutPrompt(formatOf(name), tokenizer, place('\nend'), { budget: 400 });
			const next = layoutPrompt(formatOf(name), tokenizer, place('word)\nend'), { budget: 400, state: first.state });
			assert.match(tokenizer.render(next.tokens, formatOf(name)), /\[SUF\]word\)\nend/);
		});
	}

	it('puts an uncommon number of tokens before the text after the cursor', () => {
		const tokenizer = new FakeTokenizer();
		const qwen = formatOf('qwen2.5-coder');
		const layout = layoutPrompt(qwen, tokenizer, { ...input, prefix: ';'.repeat(300) }, { budget: 1000 });
		assert.match(tokenizer.render(layout.tokens, qwen), /\[PRE\];{300}\[SUF\];\n\[MID\]$/);
		assert.equal(layout.open, 0);
	});

	it('tells how many tokens at the end are the text before the cursor', () => {
		const open = (name: FamilyName): number =>
			layoutPrompt(formatOf(name), new FakeTokenizer(), input, { budget: 400 }).open;
		assert.deepEqual([open('sotto'), open('qwen2.5-coder'), open('mellum')], [6, 6, 0]);
	});
});

const words = fc.constantFrom('a', 'const', ' ', '\t', '\n', '\n\n', '(', ')', '{', '}', ';', '😀', 'é', '0', '"');
const code = fc.array(words, { maxLength: 400 }).map(parts => parts.join(''));
const anyInput = fc.record({
	path: fc.constantFrom('a.ts', 'src/deep/er/b.py', ''),
	prefix: code,
	suffix: code,
	pieces: fc.array(fc.record({ path: fc.constantFrom('c.ts', 'd.ts'), text: code }), { maxLength: 3 }),
});
const anyFamily = fc.constantFrom(...(Object.keys(golden) as FamilyName[]));
const anyBudget = fc.integer({ min: 140, max: 600 });

describe('layoutPrompt, whatever the text', () => {
	it('never exceeds the budget', () => {
		fc.assert(
			fc.property(anyInput, anyFamily, anyBudget, (any, name, budget) => {
				const { tokens } = layoutPrompt(formatOf(name), new FakeTokenizer(), any, { budget });
				assert.ok(tokens.length <= budget, `${tokens.length} > ${budget}`);
			}),
		);
	});

	it('ends the text before the cursor with what stands directly before the cursor', () => {
		fc.assert(
			fc.property(anyInput, anyFamily, anyBudget, (any, name, budget) => {
				const format = formatOf(name);
				const tokenizer = new FakeTokenizer();
				const { tokens } = layoutPrompt(format, tokenizer, any, { budget });
				const [, before = '', typed = ''] =
					/\[PRE\](.*?)(?:\[SUF\].*?)?(?:\[MID\](.*))?$/s.exec(tokenizer.render(tokens, format)) ?? [];
				assert.ok((before + typed).endsWith(any.prefix.slice(-20)), before + typed);
			}),
		);
	});

	it('keeps all tokens before the last line when a character is typed', () => {
		fc.assert(
			fc.property(anyInput, fc.constantFrom('x', '(', ' ', '.', '"'), anyBudget, (any, typed, some) => {
				const format = formatOf('sotto');
				// One more token gives the pieces and the text after the cursor no more room.
				const budget = some - (some % 20) + 1;
				const tokenizer = new FakeTokenizer();
				// One token is kept free, so that the typed character fits in the window that is there.
				const first = layoutPrompt(format, tokenizer, any, { budget: budget - 1 });
				const next = layoutPrompt(
					format,
					tokenizer,
					{ ...any, prefix: any.prefix + typed },
					{ budget, state: first.state },
				);
				const lastLine = any.prefix.slice(any.prefix.lastIndexOf('\n') + 1);
				const stable = first.tokens.length - tokenizer.tokenize(lastLine).length;
				assert.deepEqual(next.tokens.slice(0, stable), first.tokens.slice(0, stable));
			}),
		);
	});
});
