import type { Filter } from './filter';

/**
 * Ends the text where a parser says that it has left what the cursor is in. Indentation has had its say in the engine
 * (`findBlockEnd`), so the text ends with whichever ends first; it sees what indentation cannot in code that is indented badly.
 */
export const cutScope: Filter = (candidate, { scopeEnd = Infinity }) =>
	candidate.text.length <= scopeEnd ? candidate : { ...candidate, text: candidate.text.slice(0, scopeEnd) };
