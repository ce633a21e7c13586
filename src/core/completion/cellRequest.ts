import { foreignPart } from '../text/cellLanguage';
import type { DocumentSnapshot } from '../text/documentSnapshot';
import type { CompletionRequest } from './completionRequest';

/**
 * The request as the rules for its language should see it. Where a notebook cell has a magic that makes it another language,
 * only the part in that language is left of the prefix: rules for shell scripts make nothing of Python.
 */
export function inCellLanguage(request: CompletionRequest): CompletionRequest {
	const { document, settings } = request;
	const part = foreignPart(document.prefix, document.languageId);
	if (part === undefined) {
		return request;
	}
	const foreign = { ...document, languageId: part.languageId, prefix: document.prefix.slice(part.start) };
	const known = { ...request, document: foreign, beyond: () => behindOnly(request) };
	return part.isLine
		? { ...known, document: withoutLinesBelow(foreign), settings: { ...settings, 'completion.lines': 'single' } }
		: known;
}

/** The part is parsed without what stands before it; `undefined` still means that the whole is too long to parse. */
function behindOnly(request: CompletionRequest): { readonly before: string; readonly after: string } | undefined {
	if (request.beyond === undefined) {
		return { before: '', after: '' };
	}
	const around = request.beyond();
	return around && { before: '', after: around.after };
}

function withoutLinesBelow(document: DocumentSnapshot): DocumentSnapshot {
	const end = document.suffix.indexOf('\n');
	return end === -1 ? document : { ...document, suffix: document.suffix.slice(0, end + 1) };
}
