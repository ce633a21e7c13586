import { opensBlock } from '../postprocess/blocks';
import { indentOf, indentUnit } from '../postprocess/lines';
import { linePrefix, lineSuffix, type DocumentSnapshot } from '../text/documentSnapshot';
import type { Suggestion } from './completionRequest';

/** The document as it is when a suggestion was accepted. */
export function afterAccepting(document: DocumentSnapshot, { text, replaceAfter }: Suggestion): DocumentSnapshot {
	return { ...document, prefix: document.prefix + text, suffix: document.suffix.slice(replaceAfter) };
}

/**
 * The document as it is when the user goes on to the next line, indented as editors do it; `undefined` where something
 * stands right of the cursor, or nothing left of it.
 */
export function onNextLine(document: DocumentSnapshot): DocumentSnapshot | undefined {
	const { prefix, suffix, languageId } = document;
	const line = linePrefix(document);
	if (lineSuffix(document).trim() !== '' || line.trim() === '') {
		return undefined;
	}
	const deeper = opensBlock(line, languageId) ? (indentUnit(prefix, suffix) ?? '\t') : '';
	return { ...document, prefix: `${prefix}\n${indentOf(line)}${deeper}` };
}
