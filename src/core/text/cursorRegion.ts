import { literalAt } from './literals';

/** Where a comment, a string or a regular expression can begin, in any language. */
const sign = /["'`#/%;]|--|<!--|\{-/g;

/**
 * What the end of the text stands in. The text is taken to begin in code; a window of a document may begin in a comment,
 * which goes unnoticed unless its end is seen.
 */
export function cursorRegion(prefix: string, languageId: string): 'code' | 'comment' | 'string' {
	sign.lastIndex = 0;
	for (let found = sign.exec(prefix); found !== null; found = sign.exec(prefix)) {
		const literal = literalAt(prefix, found.index, languageId);
		if (literal !== undefined && !literal.isClosed && literal.end === prefix.length && literal.kind !== 'pattern') {
			return literal.kind;
		}
		sign.lastIndex = literal?.end ?? found.index + 1;
	}
	return 'code';
}
