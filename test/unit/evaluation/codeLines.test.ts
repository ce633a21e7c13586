import assert from 'node:assert/strict';
import { codeLines } from '../../../src/core/evaluation/codeLines';
import { isHandWritten } from '../../../src/core/evaluation/handWritten';
import { isWithinWord, isWorthHiding, lexemesOf } from '../../../src/core/evaluation/lexemes';
import fc from 'fast-check';

/** `+` in front of code, `-` in front of what is none. */
const cases: readonly [name: string, languageId: string, lines: readonly string[]][] = [
	['a line comment', 'typescript', ['-// a', '+a // b', '+a']],
	['a block comment', 'typescript', ['-/* a', '-b', '- */', '+c']],
	['a block comment in one line', 'typescript', ['-/** a */', '+b']],
	['blank lines', 'typescript', ['-', '-\t', '+a']],
	['a comment in Python', 'python', ['-# a', '+a = 1  # b']],
	['a documentation string', 'python', ['+def f():', '-"""a', '-b', '-"""', '+c']],
	['a documentation string in one line', 'python', ['-"""a"""', '+b']],
	['a raw one with single quotes', 'python', ["-r'''a", "-b'''", '+c']],
	['a text of several lines', 'python', ['+a = """b', '-c', '-"""', '+d']],
	['a text in one line', 'python', ['+a = """b"""', '+c']],
	['a slash in Python', 'python', ['+a = b // c']],
	['a hash in TypeScript', 'typescript', ['+#field = 1;']],
];

describe('code lines', () => {
	for (const [name, languageId, lines] of cases) {
		it(`tell ${name}`, () => {
			const found = codeLines(
				lines.map(line => line.slice(1)),
				languageId,
			);
			assert.deepEqual(
				found,
				lines.map(line => line.startsWith('+')),
			);
		});
	}
});

describe('lexemes', () => {
	for (const [text, parts] of [
		['a.b(1)', ['a', '.', 'b', '(', '1', ')']],
		['x  = y', ['x', '  ', '=', ' ', 'y']],
		['{\n\t\tx\n}', ['{', '\n\t\t', 'x', '\n', '}']],
		['größe_1 + $x', ['größe_1', ' ', '+', ' ', '$x']],
		['', []],
	] as const) {
		it(`of ${JSON.stringify(text)}`, () => {
			assert.deepEqual(lexemesOf(text), parts);
		});
	}

	it('joined are the text', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(0xffff)), units => {
				const text = String.fromCharCode(...units);
				assert.equal(lexemesOf(text).join(''), text);
			}),
		);
	});

	it('know where a word goes on', () => {
		assert.deepEqual(
			[0, 1, 2, 3, 4].map(offset => isWithinWord('ab.c', offset)),
			[false, true, false, false, false],
		);
	});

	for (const [text, isWorth] of [
		['abc', true],
		['a()', true],
		[' ab ', false],
		['});', false],
		['', false],
	] as const) {
		it(`${isWorth ? 'find' : 'do not find'} ${JSON.stringify(text)} worth hiding`, () => {
			assert.equal(isWorthHiding(text), isWorth);
		});
	}
});

describe('a hand-written file', () => {
	const code = 'const value = compute(first, second);\n'.repeat(20);

	for (const [name, text, expected] of [
		['is code with lines of usual length', code, true],
		['is no stub', 'export {};\n', false],
		['is not larger than anybody edits', code.repeat(300), false],
		['has no line of a thousand characters', `${code}${'x'.repeat(1000)}\n`, false],
		['has no long lines on average', 'x'.repeat(100).concat('\n').repeat(20), false],
		['is not said to be generated', `// Code generated: DO NOT EDIT\n${code}`, false],
		['has no source map', `${code}//# sourceMappingURL=a.js.map\n`, false],
	] as const) {
		it(name, () => {
			assert.equal(isHandWritten(text), expected);
		});
	}
});
