import assert from 'node:assert/strict';
import { headOf, tailOf } from '../../../src/core/prompt/layoutText';
import { windowAfter, windowBefore } from '../../../src/core/prompt/layoutWindow';
import { splitText } from '../../../src/core/prompt/textCut';
import type { TokenId, Tokenizer } from '../../../src/core/prompt/tokenizer';
import { FakeTokenizer } from './fakeTokenizer';

/** A token a character: what was kept can be read back. */
const characters: Tokenizer = {
	tokenize: text => Array.from(text, character => character.codePointAt(0) ?? 0),
	split: text => splitText(text, 'after-line-end'),
};

function read(tokens: readonly TokenId[]): string {
	return String.fromCodePoint(...tokens);
}

describe('windowBefore', () => {
	it('takes all of a text that fits', () => {
		assert.equal(read(windowBefore(characters, 'a\nb\nc', 5).tokens), 'a\nb\nc');
	});

	it('begins at a line start and leaves room to type into', () => {
		const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 10}\n`).join('');
		assert.equal(read(windowBefore(characters, lines, 40).tokens), 'line 27\nline 28\nline 29\n');
	});

	it('cuts a line that is longer than the budget, and no surrogate pair in two', () => {
		const window = read(windowBefore(characters, '😀'.repeat(100_000), 40).tokens);
		assert.match(window, /^(?:😀)+$/u);
		assert.ok(Array.from(window).length > 20);
	});

	it('is empty without a budget or without text', () => {
		assert.deepEqual(windowBefore(characters, 'text', 0).tokens, []);
		assert.deepEqual(windowBefore(characters, '', 40), { text: '', tokens: [], anchor: '' });
	});

	it('moves its start seldom while a long file is typed', () => {
		const tokenizer = new FakeTokenizer();
		let text = Array.from({ length: 200 }, (_, index) => `const line${index} = 1;\n`).join('');
		let { anchor, tokens } = windowBefore(tokenizer, text, 300);
		let moves = 0;
		const more = Array.from({ length: 40 }, (_, index) => `let value${index} = other;\n`).join('');
		for (const typed of more) {
			text += typed;
			const next = windowBefore(tokenizer, text, 300, anchor);
			moves += next.tokens[0] === tokens[0] && next.tokens.length >= tokens.length - 2 ? 0 : 1;
			({ anchor, tokens } = next);
			assert.ok(tokens.length <= 300);
		}
		assert.ok(moves <= 5, `${moves} moves in ${more.length} keystrokes`);
	});

	it('keeps its start when the text in front of it changes', () => {
		const tokenizer = new FakeTokenizer();
		const text = Array.from({ length: 200 }, (_, index) => `line${index};\n`).join('');
		const first = windowBefore(tokenizer, text, 100);
		assert.deepEqual(windowBefore(tokenizer, `import more;\n${text}`, 100, first.anchor), first);
	});

	it('begins anew when the cursor jumps to where little of the window is left', () => {
		const tokenizer = new FakeTokenizer();
		const text = Array.from({ length: 200 }, (_, index) => `line${index};\n`).join('');
		const { anchor } = windowBefore(tokenizer, text, 100);
		const upTo = text.indexOf(anchor) + 20;
		assert.ok(windowBefore(tokenizer, text.slice(0, upTo), 100, anchor).tokens.length > 60);
	});
});

describe('windowAfter', () => {
	const cases: readonly { name: string; text: string; budget: number; kept: string }[] = [
		{ name: 'takes whole lines', text: 'ab\ncd\nef\n', budget: 7, kept: 'ab\ncd\n' },
		{ name: 'cuts a first line that does not fit', text: 'abcdef\ng', budget: 3, kept: 'abc' },
		{ name: 'keeps blank lines with the line before them', text: 'a\n\n\nb', budget: 4, kept: 'a\n\n\n' },
		{ name: 'takes nothing without a budget', text: 'a', budget: 0, kept: '' },
		{ name: 'takes nothing with a budget below zero', text: 'a', budget: -5, kept: '' },
	];
	for (const { name, text, budget, kept } of cases) {
		it(name, () => {
			assert.equal(read(windowAfter(characters, text, budget)), kept);
		});
	}
});

describe('tailOf and headOf', () => {
	it('never cut a character in two', () => {
		assert.equal(tailOf('a😀', 1), '');
		assert.equal(tailOf('a😀', 2), '😀');
		assert.equal(headOf('😀a', 1), '');
		assert.equal(headOf('😀a', 2), '😀');
	});
});
