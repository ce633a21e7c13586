import assert from 'node:assert/strict';
import { findTextCut, splitText, type TextCut } from '../../../src/core/prompt/textCut';

/** Splits a text as a tokeniser's pattern does, a token a piece: what no pattern joins, no tokeniser merges. */
function byPattern(pattern: RegExp): (text: string) => number[] {
	const ids = new Map<string, number>();
	return text => (text.match(pattern) ?? []).map(piece => ids.get(piece) ?? ids.set(piece, ids.size).size - 1);
}

const patterns: readonly { name: string; pattern: RegExp; cut: TextCut }[] = [
	{
		name: 'GPT-2, which joins line ends and indentation',
		pattern: /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu,
		cut: 'before-white-space',
	},
	{
		name: 'GPT-4, which joins punctuation and line ends',
		pattern: /[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu,
		cut: 'after-line-end',
	},
	{
		name: 'GPT-4o, which joins a slash behind line ends as well',
		pattern: /[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu,
		cut: 'before-word',
	},
	{ name: 'one that joins everything', pattern: /[^]{1,7}/gu, cut: 'nowhere' },
];

describe('findTextCut', () => {
	for (const { name, pattern, cut } of patterns) {
		it(`finds where texts may be cut for the pattern of ${name}`, () => {
			assert.equal(findTextCut(byPattern(pattern)), cut);
		});
	}
});

describe('splitText', () => {
	const cases: readonly { text: string; cut: TextCut; parts: readonly string[] }[] = [
		{ text: '', cut: 'after-line-end', parts: [] },
		{ text: 'a', cut: 'after-line-end', parts: ['a'] },
		{ text: 'a\nb\n', cut: 'after-line-end', parts: ['a\n', 'b\n'] },
		{ text: 'a\n\n  \n\tb', cut: 'after-line-end', parts: ['a\n\n  \n', '\tb'] },
		{ text: '\n\na\n\t', cut: 'after-line-end', parts: ['\n\n', 'a\n\t'] },
		{ text: 'a\n\n  \n\tb', cut: 'before-white-space', parts: ['a', '\n\n  \n\tb'] },
		{ text: '\n  a  \n', cut: 'before-white-space', parts: ['\n  a', '  \n'] },
		{ text: 'a\n/b\n c', cut: 'before-word', parts: ['a\n/b\n', ' c'] },
		{ text: 'a\nb', cut: 'nowhere', parts: ['a\nb'] },
		{ text: '', cut: 'nowhere', parts: [] },
	];
	for (const { text, cut, parts } of cases) {
		it(`splits ${JSON.stringify(text)} ${cut}`, () => {
			assert.deepEqual(splitText(text, cut), parts);
		});
	}
});
