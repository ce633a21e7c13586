import type { Filter } from './filter';
import { openHere } from './nearbyBrackets';

/** Nothing, only white space, a quote that begins a string, or what stands there already: not worth showing. */
export const dropTrivial: Filter = (candidate, context) => {
	const text = candidate.text.trim();
	const isThere = candidate.text === context.suffix.slice(0, candidate.replaceAfter);
	const isLoneQuote = /^["'`]$/.test(text) && openHere(context) === '';
	return text === '' || isThere || isLoneQuote ? undefined : candidate;
};
