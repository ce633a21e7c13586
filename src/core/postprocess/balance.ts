import { linePrefix, lineSuffix } from '../text/documentSnapshot';
import { oncePer } from '../util/oncePer';
import { scanAround } from './codeScanner';
import type { Candidate, FilterContext } from './filter';
import { closes, isCloser, unmatchedOpeners, type Mark } from './marks';
import { isOpenBracket, openHere, textAfter, textBefore } from './nearbyBrackets';
import { isQuote, scanCode, spansLines, type Open, type ScannedCode } from './scanMarks';

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
	return imbalanceOf(scanCode(text, languageId, open));
}

const imbalanceOf = oncePer((scanned: ScannedCode): Imbalance => {
	const stack: string[] = [];
	const found = { closers: 0, crossed: 0, literals: isBlockComment(scanned.open) ? 1 : 0 };
	for (const mark of scanned.marks) {
		if (isOpenBracket(mark)) {
			stack.push(closes(mark.character));
		} else if (isCloser(mark.character)) {
			const at = stack.lastIndexOf(mark.character);
			found.closers += at === -1 ? 1 : 0;
			found.crossed += at === -1 ? 0 : stack.length - 1 - at;
			stack.length = at === -1 ? stack.length : at;
		} else if (mark.kind === 'other' && isUnfinished(mark, scanned)) {
			found.literals++;
		}
	}
	return { ...found, openers: found.crossed + stack.length };
});

/** Languages in which a single quote behind no letter begins a string of any length, and nothing else. */
const singleQuoted = /^(?:python|ruby|php|(?:java|type)script(?:react)?)$/;

function isUnfinished({ character, index }: Mark, { text, languageId }: ScannedCode): boolean {
	return character === "'"
		? singleQuoted.test(languageId) && !/[\p{L}\p{N}]/u.test(text.charAt(index - 1))
		: isQuote(character);
}

/** What would be wrong around the cursor if the candidate were accepted. */
export function imbalanceWith({ text, replaceAfter }: Candidate, context: FilterContext): Imbalance {
	const before = textBefore(context);
	const whole = before.text + text + textAfter(context).slice(replaceAfter);
	return imbalanceOf(scanAround(whole, context, before.open));
}

/**
 * Would the item leave the brackets or quotes around the cursor in a worse state than they are in? A line that opens
 * something and leaves it open does not: there the user goes on typing, unless it ends in a semicolon. What stands right of
 * the cursor must not become part of a comment.
 */
export function worsensBalance(candidate: Candidate, context: FilterContext): boolean {
	const own = scanCode(candidate.text, context.languageId, openHere(context));
	const was = imbalanceWith({ text: '', replaceAfter: 0 }, context);
	const is = imbalanceWith(candidate, context);
	const allowed = leftToTheUser(candidate, context, own);
	return (
		swallowsRest(candidate, context, own.open) ||
		is.closers > was.closers ||
		is.literals > was.literals + allowed.strings ||
		is.openers > was.openers + allowed.openers ||
		is.crossed > was.crossed + allowed.openers
	);
}

/** What the only line of an item may leave open. */
function leftToTheUser(
	candidate: Candidate,
	context: FilterContext,
	{ marks, open }: ScannedCode,
): { openers: number; strings: number } {
	const { text } = candidate;
	const isDone = text.endsWith(';') && !/\bfor\b/.test(linePrefix(context) + text);
	if (isDone || restAfter(candidate, context) !== '' || text.trim().includes('\n')) {
		return { openers: 0, strings: 0 };
	}
	return { openers: unmatchedOpeners(marks).filter(isOpenBracket).length, strings: isQuote(open) ? 1 : 0 };
}

function swallowsRest(candidate: Candidate, context: FilterContext, open: Open): boolean {
	return open !== '' && open !== openHere(context) && !isQuote(open) && restAfter(candidate, context) !== '';
}

/** Of the cursor's line. */
function restAfter({ replaceAfter }: Candidate, context: FilterContext): string {
	return lineSuffix(context).slice(replaceAfter).trim();
}

function isBlockComment(open: Open): boolean {
	return open !== '' && !isQuote(open) && spansLines(open);
}
