import type { TokenId } from './tokenizer';

/**
 * Where a text may be cut so that the tokens of its parts, joined, are the tokens of the whole. Vocabularies differ:
 *
 * - `after-line-end`: behind the line ends, in front of a line that has something on it. Vocabularies with GPT-4's pattern put
 *   punctuation and the line ends behind it in one token (`);\n`); SentencePiece keeps line ends apart.
 * - `before-white-space`: in front of white space that holds a line end. Vocabularies with GPT-2's pattern put line ends and
 *   the indentation behind them in one token (`\n   `).
 * - `before-word`: as `after-line-end`, but only where the line begins with a word. Some patterns put a `/` behind line ends,
 *   too (`);\n//`).
 * - `nowhere`: no cut is known to be safe.
 */
export type TextCut = 'after-line-end' | 'before-white-space' | 'before-word' | 'nowhere';

const cutPlaces: Readonly<Record<Exclude<TextCut, 'nowhere'>, RegExp>> = {
	'after-line-end': /(?<=\n)(?=[^\S\n]*\S)/,
	'before-white-space': /(?<=\S)(?=\s*\n)/,
	'before-word': /(?<=\n)(?=[^\S\n]*[\p{L}_])/u,
};

/** Each has a place where the pattern of some family joins what another keeps apart. */
const probes: readonly string[] = [
	'def f(a):\n    return a\n',
	'call(x);\n// note\n/* note */\nnext();\n',
	'if (a) {\n\t\tb = 1;\n\t}\n\n\n}\n',
	'x = 1  \n\n  \n\ty = 2\n',
	'list = [\n    1,\n    22,\n    333,\n]\n',
	"'''\n\n'''\n\n\n\n# é 😀\n  — end\n",
	'a\n  b\n    c\n        d\n                e\n',
	'<div>\n  <p>\n\n</p>\n</div>\n',
	'...\n...\n---\n===\n    ---\n',
	'"a":\n{"b": [\n"c"\n]}\n\t\n',
	'1\n2\n 3\n\n4.5\n_x\n$y\n@z\n',
	'fn main() -> u8 {\n    0\n}\n\n#[test]\nfn t() {}\n',
];

/** Finds the cut of a vocabulary by trying each on texts like those that users write. */
export function findTextCut(encode: (text: string) => readonly TokenId[]): TextCut {
	const cuts = Object.keys(cutPlaces) as Exclude<TextCut, 'nowhere'>[];
	return cuts.find(cut => probes.every(text => isSafe(cut, text, encode))) ?? 'nowhere';
}

function isSafe(cut: TextCut, text: string, encode: (text: string) => readonly TokenId[]): boolean {
	const whole = encode(text);
	const joined = splitText(text, cut).flatMap(part => encode(part));
	return whole.length === joined.length && whole.every((token, index) => token === joined[index]);
}

/** Joined, the parts are the text again. There is none for an empty text. */
export function splitText(text: string, cut: TextCut): readonly string[] {
	if (text === '') {
		return [];
	}
	return cut === 'nowhere' ? [text] : text.split(cutPlaces[cut]);
}
