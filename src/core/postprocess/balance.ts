import type { Candidate, FilterContext } from './filter';
import { closes, isCloser, unmatchedOpeners } from './marks';
import { isOpenBracket, openHere, textAfter, textBefore } from './nearbyBrackets';
import { isQuote, openAtEnd, scanCode, scanMarks, spansLines, type Open } from './scanMarks';

/** What is wrong with the brackets and quotes of a piece of code. */
export interface Imbalance {
	/** Brackets that close what nothing opened, or something else. */
	readonly closers: number;
	/** Brackets that nothing closes. */
	readonly openers: number;
	/** Those of them which lie within a pair that is closed: `[(]`. */
	readonly crossed: number;
	/** Strings that do not end, and a comment of several lines likewise. */
	readonly literals: number;
}

export function imbalance(text: string, languageId: string, open: Open = ''): Imbalance {
	const stack: string[] = [];
	const scanned = scanCode(text, languageId, open);
	const found = { closers: 0, crossed: 0, literals: isBlockComment(scanned.open) ? 1 : 0 };
	for (const mark of scanned.marks) {
		if (isOpenBracket(mark)) {
			stack.push(closes(mark.character));
		} else if (isCloser(mark.character)) {
			const at = stack.lastIndexOf(mark.character);
			found.closers += at === -1 ? 1 : 0;
			found.crossed += at === -1 ? 0 : stack.length - 1 - at;
			stack.length = at === -1 ? stack.length : at;
		} else if (mark.kind === 'other' && /^["`]|^'''$/.test(mark.character)) {
			found.literals++;
		}
	}
	return { ...found, openers: found.crossed + stack.length };
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
	const goesOn = !text.trim().includes('\n') && after.slice(replaceAfter).split('\n', 1)[0]?.trim() === '';
	const openers = goesOn ? unmatchedOpeners(scanMarks(text, languageId, openHere(context))).filter(isOpenBracket) : [];
	const strings = goesOn && isQuote(openAtEnd(text, languageId, openHere(context))) ? 1 : 0;
	return (
		is.closers > was.closers ||
		is.literals > was.literals + strings ||
		is.openers > was.openers + openers.length ||
		is.crossed > was.crossed + openers.length
	);
}

function isBlockComment(open: Open): boolean {
	return open !== '' && !isQuote(open) && spansLines(open);
}
