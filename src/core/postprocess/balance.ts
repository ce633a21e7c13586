import type { Candidate, FilterContext } from './filter';
import { closes, isCloser, unmatchedOpeners } from './marks';
import { isOpenBracket, openHere, textAfter, textBefore } from './nearbyBrackets';
import { scanMarks, type Open } from './scanMarks';

/** What is wrong with the brackets and quotes of a piece of code. */
export interface Imbalance {
	/** Brackets that close what nothing opened, or something else. */
	readonly closers: number;
	readonly openers: number;
	/** Quotes that begin a string which does not end. */
	readonly quotes: number;
}

export function imbalance(text: string, languageId: string, open: Open = ''): Imbalance {
	const stack: string[] = [];
	const found = { closers: 0, openers: 0, quotes: 0 };
	for (const mark of scanMarks(text, languageId, open)) {
		if (isOpenBracket(mark)) {
			stack.push(closes(mark.character));
		} else if (isCloser(mark.character)) {
			const at = stack.lastIndexOf(mark.character);
			found.closers += at === -1 ? 1 : 0;
			found.openers += at === -1 ? 0 : stack.length - 1 - at;
			stack.length = at === -1 ? stack.length : at;
		} else if (mark.kind === 'other' && /^["`]|^'''$/.test(mark.character)) {
			found.quotes++;
		}
	}
	return { ...found, openers: found.openers + stack.length };
}

/**
 * Would the item leave the brackets or quotes around the cursor in a worse state than they are in? A line that opens
 * something and leaves it open does not: there the user goes on typing.
 */
export function worsensBalance({ text, replaceAfter }: Candidate, context: FilterContext): boolean {
	const { languageId } = context;
	const before = textBefore(context);
	const after = textAfter(context);
	const was = imbalance(before.text + after, languageId, before.open);
	const is = imbalance(before.text + text + after.slice(replaceAfter), languageId, before.open);
	const allowed = text.includes('\n') ? 0 : unmatchedOpeners(scanMarks(text, languageId, openHere(context))).length;
	return is.closers > was.closers || is.quotes > was.quotes || is.openers > was.openers + allowed;
}
