import { closingQuote } from './closingQuote';

/** Deeper than people nest templates, and no deeper than the stack. */
const deepest = 16;

/** The backtick that ends a template, past those of templates within its `${…}`. */
export function endOfTemplate(text: string, from: number, depth = 0): number {
	for (let index = from; index < text.length; index++) {
		const character = text.charAt(index);
		if (character === '\\') {
			index++;
		} else if (character === '`') {
			return index;
		} else if (character === '$' && text.charAt(index + 1) === '{') {
			const end = depth < deepest ? endOfHole(text, index + 2, depth) : -1;
			if (end === -1) {
				return -1;
			}
			index = end;
		}
	}
	return -1;
}

/** Where the code in each `${…}` of a template begins and ends, of those that end before `end`. */
export function holesOf(text: string, from: number, end: number): readonly (readonly [from: number, end: number])[] {
	const holes: [number, number][] = [];
	for (let index = from; index < end; index++) {
		if (text.charAt(index) === '\\') {
			index++;
		} else if (text.startsWith('${', index)) {
			const close = endOfHole(text, index + 2, 0);
			if (close === -1) {
				return holes;
			}
			holes.push([index + 2, close]);
			index = close;
		}
	}
	return holes;
}

/** The brace that ends `${…}`. */
function endOfHole(text: string, from: number, depth: number): number {
	let open = 0;
	for (let index = from; index < text.length; index++) {
		const character = text.charAt(index);
		if (character === '{') {
			open++;
		} else if (character === '}' && open-- === 0) {
			return index;
		} else if (character === '`') {
			index = endOfTemplate(text, index + 1, depth + 1);
		} else if (character === '"' || character === "'") {
			index = Math.max(index, closingQuote(text, index + 1, character));
		}
		if (index === -1) {
			return -1;
		}
	}
	return -1;
}

/** `'x'` and `'\n'`, but neither `'a` nor `'static`. */
export function endOfCharacter(text: string, from: number): number {
	const match = /^(?:\\[^\n']{1,10}|\\'|[^\\'\n]{1,2})'/.exec(text.slice(from, from + 16));
	return match === null ? -1 : from + match[0].length - 1;
}

/** Prefixes of strings: `f'…'`, `rb'…'`, `u8'…'`. */
const prefix = /(?:^|[^\p{L}\p{N}_$])(?:[bfrutBFRUTLN]|[bfrBFR]{2}|u8)$/u;

/** A single quote right behind a letter and before one is an apostrophe, unless the letter is a string's prefix. */
export function isApostrophe(text: string, index: number): boolean {
	const before = text.slice(Math.max(0, index - 4), index);
	return /[\p{L}\p{N}]$/u.test(before) && /\p{L}/u.test(text.charAt(index + 1)) && !prefix.test(before);
}
