import { lineSuffix } from '../text/documentSnapshot';
import type { StopReason } from '../completion/stopReason';
import type { Filter, FilterContext } from './filter';
import { openHere } from './nearbyBrackets';
import { openAtEnd } from './scanMarks';

/** A quote that ends the text, and the letters before it that say what kind of string it begins. */
const lastQuote = /(?<![\p{L}\p{N}_$)\]])(?:[fFrRbBuUL$@]{1,2})?["'`]$|["'`]$/u;
/** What wants an operand, and has none without the string. */
const operator = /(?:[-+*/%&|=<>?!,:.~^]+\s*)$/;

/**
 * Never ends behind the quote that begins a string, where nobody can tell what will stand in it, nor behind the operator before
 * it. What the model itself goes on with on the next line stays.
 */
export const cutOpenQuote: Filter = (candidate, context) => {
	const text = candidate.text.trimEnd();
	const quote = text.slice(-1);
	const isOpened =
		/["'`]/.test(quote) &&
		openHere(context) === '' &&
		openAtEnd(text, context.languageId) === quote &&
		!lineSuffix(context).includes(quote) &&
		!isMeant(quote, context);
	if (!isOpened) {
		return candidate;
	}
	const rest = text.replace(lastQuote, '').trimEnd();
	return { ...candidate, text: rest.replace(operator, '').trimEnd() };
};

const ends: ReadonlySet<StopReason | undefined> = new Set<StopReason>(['end-of-line', 'end-of-block', 'first-line']);

/** A template may go on below. */
function isMeant(quote: string, { stopReason }: FilterContext): boolean {
	return quote === '`' && ends.has(stopReason);
}
