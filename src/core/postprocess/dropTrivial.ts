import type { Filter } from './filter';

/** Nothing, only white space, or what stands there already: not worth showing. */
export const dropTrivial: Filter = (candidate, { suffix }) => {
	const isThere = candidate.text === suffix.slice(0, candidate.replaceAfter);
	return candidate.text.trim() === '' || isThere ? undefined : candidate;
};
