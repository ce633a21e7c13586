import { lineSuffix } from '../text/documentSnapshot';
import type { Filter } from './filter';
import { textAfter, textBefore } from './nearbyBrackets';

const markup = /^(?:html|xml|vue|svelte|php|(?:java|type)scriptreact)$/;
/** An opening or closing tag. What stands directly behind a word is a type argument: `Map<string>`. */
const tag = /(?:(?<![\w$])<|<(?=\/))(\/?)([A-Za-z][\w.:-]*)((?:\{[^{}]*\}|"[^"]*"|'[^']*'|=>|[^<>"'{}=]|=(?!>))*)>/g;
/** Elements of HTML that have no end. */
const endless = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/i;

interface OpenTags {
	/** Names of what is opened and not closed, innermost last. */
	readonly open: readonly string[];
	/** What is closed and was not opened. */
	readonly closed: readonly { readonly name: string; readonly index: number }[];
}

/**
 * Ends the text before a closing tag that the lines below have already: as many are closed there as are open above. More
 * may be open than the window shows, and then the text is left alone where nobody can tell.
 */
export const cutClosedTags: Filter = (candidate, context) => {
	if (!markup.test(context.languageId) || lineSuffix(context).trim() !== '') {
		return candidate;
	}
	const above = [...tagsOf(textBefore(context).text).open];
	const below = tagsOf(textAfter(context)).closed;
	for (const { name, index } of tagsOf(candidate.text).closed) {
		if (below[0]?.name === name && below.length >= above.length) {
			return { ...candidate, text: candidate.text.slice(0, index).trimEnd() };
		}
		above.pop();
	}
	return candidate;
};

function tagsOf(text: string): OpenTags {
	const open: string[] = [];
	const closed: { name: string; index: number }[] = [];
	for (const { 1: slash, 2: name = '', 3: rest = '', index } of text.matchAll(tag)) {
		if (slash === '' && !rest.endsWith('/') && !endless.test(name)) {
			open.push(name);
		} else if (slash === '/' && open.pop() !== name) {
			closed.push({ name, index });
		}
	}
	return { open, closed };
}
