import assert from 'node:assert/strict';
import { definitionText } from '../../../../src/core/context/definitions/definitionText';

/** The definition in the line that has `→` in front, which is not part of it. */
function shown(text: string): string | undefined {
	const lines = text.split('\n');
	const line = lines.findIndex(one => one.includes('→'));
	return definitionText(
		lines.map(one => one.replace('→', '')),
		line,
	)?.text;
}

const many = Array.from({ length: 40 }, (_, index) => `\tline${index};`);

const cases: readonly { it: string; text: string; shows: string | undefined }[] = [
	{
		it: 'a function to its closer',
		text: 'const a = 1;\n→function f() {\n\treturn a;\n}\nf();',
		shows: 'function f() {\n\treturn a;\n}',
	},
	{
		it: 'a signature of several lines with what follows',
		text: '→function f(\n\ta: string,\n): string {\n\treturn a;\n}\nf();',
		shows: 'function f(\n\ta: string,\n): string {\n\treturn a;\n}',
	},
	{ it: 'one line alone', text: '→const limit = 10;\nconst other = 2;', shows: 'const limit = 10;' },
	{
		it: 'a method by its indentation',
		text: 'class A {\n\t→push() {\n\t\tsend();\n\t}\n\n\tpop() {}\n}',
		shows: '\tpush() {\n\t\tsend();\n\t}',
	},
	{
		it: 'a Python function with a blank line in it',
		text: '→def f(a):\n    b = a\n\n    return b\n\ndef g():\n    pass',
		shows: 'def f(a):\n    b = a\n\n    return b',
	},
	{
		it: 'the end of the comment above',
		text: '/**\n * one\n * two\n * three\n */\n→type A = string;\n',
		shows: ' * two\n * three\n */\ntype A = string;',
	},
	{
		it: 'the first lines of a long one',
		text: ['→class A {', ...many, '}'].join('\n'),
		shows: ['class A {', ...many.slice(0, 13)].join('\n'),
	},
	{ it: 'nothing of a line of data', text: `→const data = [${'1,'.repeat(400)}];`, shows: undefined },
	{ it: 'nothing of a blank line', text: 'a\n→\nb', shows: undefined },
];

describe('the text of a definition', () => {
	for (const { it: name, text, shows } of cases) {
		it(`is ${name}`, () => {
			assert.equal(shown(text), shows);
		});
	}

	it('is nothing behind the end of a file', () => {
		assert.equal(definitionText(['a'], 5), undefined);
	});
});
