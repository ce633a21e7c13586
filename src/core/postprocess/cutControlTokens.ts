import type { Filter } from './filter';

/**
 * What the control tokens of code models look like when they come out as text: `<|endoftext|>`, `<｜fim▁end｜>`,
 * `<fim_middle>`, `<file_sep>`, ` <EOT>`, `[SUFFIX]`. No white space inside, so that F#'s `<| f |>` is left alone.
 */
const controlToken = new RegExp(
	[
		'<[|｜][\\w▁:/-]{1,40}[|｜]>',
		'<fim[_▁-](?:prefix|middle|suffix|pad|begin|hole|end)>',
		'<(?:file_sep|filename|repo_name|reponame|gh_stars|jupyter_\\w+|issue_\\w+|commit_\\w+|empty_output)>',
		'[ ▁]?<(?:PRE|SUF|MID|EOT)>',
		'\\[(?:PREFIX|MIDDLE|SUFFIX)\\]',
		'</s>$',
	].join('|'),
	'g',
);

/** Ends the text where the model began to talk in its own markers, unless the document itself is about such markers. */
export const cutControlTokens: Filter = (candidate, { prefix, suffix }) => {
	for (const match of candidate.text.matchAll(controlToken)) {
		const marker = match[0].trim();
		if (!prefix.includes(marker) && !suffix.includes(marker)) {
			return { ...candidate, text: candidate.text.slice(0, match.index) };
		}
	}
	return candidate;
};
