/**
 * Prints what the product's own layouts make of a few cursors and of code to explain, for a tokeniser that gives each character a token.
 * Run from the repository's root: `node --import=tsx training/tests/golden/layout.mts > training/tests/golden/layout.json`
 */
import type { FimFormat } from '../../../src/core/prompt/fim/detectFormat';
import { layoutPrompt, type LayoutInput } from '../../../src/core/prompt/layout';
import { splitText } from '../../../src/core/prompt/textCut';
import type { Tokenizer } from '../../../src/core/prompt/tokenizer';
import { layoutSentence } from '../../../src/core/prompt/sentenceFormat';

const format: FimFormat = {
	family: 'sotto',
	verified: true,
	order: 'suffix-first',
	prefix: 3,
	suffix: 4,
	middle: undefined,
	file: { kind: 'token', token: 7 },
	bos: 1,
	stops: new Set([2]),
};

const lines = (word: string, count: number) => Array.from({ length: count }, (_, at) => `${word}${at};\n`).join('');

const cursors: readonly (LayoutInput & { readonly budget: number })[] = [
	{ path: 'a.ts', prefix: '', suffix: '', pieces: [], budget: 100 },
	{ path: 'src/a.ts', prefix: 'let a = ', suffix: ';\n', pieces: [{ path: 'b.ts', text: 'export const b = 1;' }], budget: 400 },
	{ path: 'src/a.ts', prefix: lines('let a', 40), suffix: lines('let z', 60), pieces: [], budget: 200 },
	{ path: 'a.py', prefix: 'x = 1\n\n\n', suffix: '\n\n\ny\n', pieces: [], budget: 60 },
	{
		path: 'src/a.ts',
		prefix: lines('a', 30),
		suffix: lines('z', 200),
		pieces: ['b', 'c', 'd'].map(name => ({ path: `lib/${name}.ts`, text: lines(name, 12) })),
		budget: 500,
	},
	{ path: `${'deep/'.repeat(40)}with\nline end.ts`, prefix: 'x', suffix: 'y', pieces: [], budget: 200 },
	{ path: 'a.ts', prefix: '\tif (a) {\n\t\t', suffix: `\n\t}\n${'long '.repeat(60)}`, pieces: [], budget: 100 },
];

const tokenizer: Tokenizer = {
	tokenize: text => Array.from(text, character => 100 + (character.codePointAt(0) ?? 0)),
	split: text => splitText(text, 'after-line-end'),
};
const cases = cursors.map(({ budget, ...input }) => ({
	...input,
	budget,
	tokens: layoutPrompt(format, tokenizer, input, { budget, anchor: '' }).tokens,
}));

/** Orders that a model to measure with can be trained in. Only texts that fit, and cursors that the product anchors where they are. */
const others: readonly FimFormat[] = [
	{ ...format, family: 'qwen2.5-coder', order: 'prefix-suffix-middle', middle: 6 },
	{ ...format, family: 'deepseek-coder', order: 'prefix-suffix-middle', middle: 6, file: { kind: 'text', text: '#' } },
	{ ...format, family: 'mellum', order: 'suffix-prefix-middle', middle: 6 },
];
const fitting: readonly LayoutInput[] = [
	{ path: 'src/a.ts', prefix: 'let a = f(', suffix: ', b);\n', pieces: [{ path: 'b.ts', text: 'export const b = 1;' }] },
	{
		path: `${'deep/'.repeat(40)}with\nline end.py`,
		prefix: 'def f():\n',
		suffix: '\n\nf()\n',
		pieces: ['b', 'c', 'd'].map(name => ({ path: `lib/${name}.py`, text: lines(name, 30) })),
	},
];
const families = others.flatMap(other =>
	fitting.map(input => ({
		...input,
		family: other.family,
		budget: 600,
		tokens: layoutPrompt(other, tokenizer, input, { budget: 600 }).tokens,
	})),
);

const sentence = { bos: 1, file: 7, explain: 5, answer: 6, floor: 0 };
const questions = [
	{ path: 'src/a.ts', code: 'f() {\n\n\treturn 1;\n}\n', budget: 100 },
	{ path: 'a.py', code: lines('x', 40), budget: 60 },
	{ path: `${'deep/'.repeat(40)}a.ts`, code: 'one line that is longer than the room', budget: 140 },
];
const explanations = questions.map(({ budget, ...input }) => ({
	...input,
	budget,
	tokens: layoutSentence(sentence, tokenizer, input, budget),
}));
process.stdout.write(`${JSON.stringify({ cases, families, explanations })}\n`);
