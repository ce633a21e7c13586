import type { Filter } from './filter';

/** Nothing, only white space, what stands there already, or what the user has just removed: not worth showing. */
export const dropTrivial: Filter = (candidate, { suffix, recentlyDeleted = '' }) => {
	const text = candidate.text.trim();
	const isThere = candidate.text === suffix.slice(0, candidate.replaceAfter);
	const isUnwanted = recentlyDeleted.trim() !== '' && text === recentlyDeleted.trim();
	return text === '' || isThere || isUnwanted ? undefined : candidate;
};
