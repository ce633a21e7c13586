/** The hash of a line end. Signs have their character's code, words a hash that is none of these but by chance. */
export const lineEnd = 10;

/** Told of each lexeme: where it starts, the place behind it, and its hash. */
export type VisitLexeme = (start: number, end: number, hash: number) => void;

/**
 * Visits the words, single signs and line ends of a text, in order; blanks only separate them. Coarser than any language's
 * lexer, and the same for all of them. One pass over the characters: it runs over whole files.
 */
export function scanLexemes(text: string, visit: VisitLexeme): void {
	for (let at = 0; at < text.length;) {
		const code = text.charCodeAt(at);
		if (isWordCode(code)) {
			const start = at;
			let hash = fnvOffset;
			for (; at < text.length && isWordCode(text.charCodeAt(at)); at++) {
				hash = Math.imul(hash ^ text.charCodeAt(at), fnvPrime);
			}
			visit(start, at, hash | 0);
			continue;
		}
		if (code === lineEnd || !isBlankCode(code)) {
			visit(at, at + 1, code);
		}
		at++;
	}
}

/** FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
const fnvOffset = 2166136261;
const fnvPrime = 16777619;

/** More than the lexemes that are compared take in any line that somebody has written. UTF-16 units. */
const longestRead = 2000;

/** The end of a line that is read again for each token: a line of a megabyte costs no more than a long one. */
export function endOfLine(line: string): string {
	return line.slice(-longestRead);
}

/** The part of a word that stands at the end of a text. */
export function wordAtEnd(text: string): string {
	let start = text.length;
	while (start > 0 && isWordCode(text.charCodeAt(start - 1))) {
		start--;
	}
	return text.slice(start);
}

/** Letters, digits, `_`, `$`; anything beyond ASCII counts as a letter, so no character is cut in two. */
function isWordCode(code: number): boolean {
	return (
		(code >= 97 && code <= 122) ||
		(code >= 65 && code <= 90) ||
		(code >= 48 && code <= 57) ||
		code === 95 ||
		code === 36 ||
		(code > 127 && code !== 160)
	);
}

function isBlankCode(code: number): boolean {
	return code <= 32 || code === 160;
}
