import type { Filter } from './filter';

/** No white space at the end of a line, or of the text. In Markdown two spaces at the end of a line mean something. */
export const trimTrailingSpace: Filter = (candidate, { languageId }) => {
	const text = languageId === 'markdown' ? candidate.text : candidate.text.replace(/[ \t]+(?=\n)/g, '');
	return { ...candidate, text: text.trimEnd() };
};
