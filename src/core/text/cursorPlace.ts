import { commentText } from './commentText';
import { openLiteral } from './cursorRegion';
import { fenceLanguage } from './fenceLanguage';
import { openFence, type OpenFence } from './fences';
import { isProse } from './proseLanguages';

export type CursorPlace = 'code' | 'string' | 'comment' | 'prose';

/**
 * The kind of text that the end of a document's prefix stands in. A fenced block, in Markdown or in a comment, is read in the
 * language that its fence names.
 */
export function cursorPlace(prefix: string, languageId: string): CursorPlace {
	if (isProse(languageId)) {
		const fence = openFence(prefix);
		return fence === undefined ? 'prose' : placeInFence(fence, '');
	}
	const literal = openLiteral(prefix, languageId);
	if (literal?.kind !== 'comment') {
		return literal?.kind ?? 'code';
	}
	const fence = openFence(commentText(prefix, literal, languageId));
	return fence === undefined ? 'comment' : placeInFence(fence, languageId);
}

/** @param usual the language of a fence that names none; empty for one that is not known, whose comments are not known either. */
function placeInFence({ info, text }: OpenFence, usual: string): CursorPlace {
	const languageId = fenceLanguage(info) || usual;
	return languageId === '' ? 'code' : cursorPlace(text, languageId);
}
