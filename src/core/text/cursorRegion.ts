import { literalAt } from './literals';

/** Where a comment, a string or a regular expression can begin, in any language. */
const sign = /["'`#/%;]|--|<!--|\{-/g;

/** A comment or string that the end of a text stands in. */
export interface OpenLiteral {
	readonly kind: 'comment' | 'string';
	readonly start: number;
	readonly openLength: number;
}

/**
 * The comment or string that the end of the text stands in. The text is taken to begin in code; a window of a document may
 * begin in a comment, which goes unnoticed unless its end is seen.
 */
export function openLiteral(text: string, languageId: string): OpenLiteral | undefined {
	sign.lastIndex = 0;
	for (let found = sign.exec(text); found !== null; found = sign.exec(text)) {
		const literal = literalAt(text, found.index, languageId);
		if (literal !== undefined && !literal.isClosed && literal.end === text.length && literal.kind !== 'pattern') {
			return { kind: literal.kind, start: found.index, openLength: literal.openLength };
		}
		sign.lastIndex = literal?.end ?? found.index + 1;
	}
	return undefined;
}

/** The region of code that the end of the text stands in. */
export function cursorRegion(prefix: string, languageId: string): 'code' | 'comment' | 'string' {
	return openLiteral(prefix, languageId)?.kind ?? 'code';
}
