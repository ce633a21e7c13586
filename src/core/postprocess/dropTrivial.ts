import type { Filter } from './filter';
import { openHere } from './nearbyBrackets';

/** Opens something, and says nothing of what is in it. */
const opener = /^[([{<\s]*(?:["'`]|"""|''')?$/;

/**
 * Nothing, only white space, a bracket or quote that opens something, or what stands there already: not worth showing. Who asks by
 * hand, or has the rest of the text on screen, is shown a bracket all the same.
 */
export const dropTrivial: Filter = (candidate, context) => {
	const text = candidate.text.trim();
	const isThere = candidate.text === context.suffix.slice(0, candidate.replaceAfter);
	const isLoneQuote = /^["'`]$/.test(text) && openHere(context) === '';
	const isLoneOpener = context.isWanted !== true && opener.test(text) && openHere(context) === '';
	return text === '' || isThere || isLoneQuote || isLoneOpener ? undefined : candidate;
};
