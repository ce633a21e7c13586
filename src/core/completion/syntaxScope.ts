import type { CompletionQuery } from './completionEngine';
import type { CompletionRequest } from './completionRequest';

/** A whole document, LF line ends, and where in it the cursor is: between `prefix` and `suffix`. */
export interface SyntaxPlace {
	readonly uri: string;
	readonly languageId: string;
	readonly prefix: string;
	readonly suffix: string;
}

/**
 * How much of a text written at the cursor, from its start, is still in what the cursor is in. UTF-16 units; the text's
 * length where all of it is. `undefined` where the syntax does not tell, or not in time: then indentation alone decides, as
 * the engine has done already (`findBlockEnd`). Never rejects.
 */
export type ScopeEnd = (text: string) => Promise<number | undefined>;

/** Whoever can parse. */
export interface SyntaxScope {
	/** Reads the document while the model writes, so that only the answer is to be read when it comes. Returns at once. */
	open(place: SyntaxPlace): ScopeEnd;
}

/** A document longer than this is not sent to be parsed: some 5 000 lines. UTF-16 units. */
export const longestParsed = 200_000;

/** Asked only of answers that may have several lines: one line ends with its line. */
export function openScope(
	scope: SyntaxScope | undefined,
	{ document, beyond }: Pick<CompletionRequest, 'document' | 'beyond'>,
	{ extent }: Pick<CompletionQuery, 'extent'>,
): ScopeEnd {
	const around = extent === 'line' || scope === undefined ? undefined : (beyond ?? nothingBeyond)();
	if (scope === undefined || around === undefined) {
		return cannotTell;
	}
	const { uri, languageId } = document;
	const prefix = around.before + document.prefix;
	const suffix = document.suffix + around.after;
	if (prefix.length + suffix.length > longestParsed) {
		return cannotTell;
	}
	const endOf = scope.open({ uri, languageId, prefix, suffix });
	return text => (text.includes('\n') ? endOf(text) : cannotTell());
}

function nothingBeyond(): { readonly before: string; readonly after: string } {
	return { before: '', after: '' };
}

function cannotTell(): Promise<undefined> {
	return Promise.resolve(undefined);
}
