import { linePrefix } from '../text/documentSnapshot';
import type { Filter, FilterContext } from './filter';
import { openHere } from './nearbyBrackets';
import { scanMarks } from './scanMarks';

/**
 * What the control tokens of code models look like when they come out as text: `<|endoftext|>`, `<｜fim▁end｜>`,
 * `<fim_middle>`, `<file_sep>`, ` <EOT>`, `[SUFFIX]`, in closing form too. No white space inside, so that F#'s `<| f |>` is
 * left alone.
 */
const controlToken = new RegExp(
	[
		'</?[|｜][\\w▁:/-]{1,40}[|｜]>',
		'</?fim[_▁-](?:prefix|middle|suffix|pad|begin|hole|end)>',
		'</?(?:file_sep|filename|repo_name|reponame|gh_stars|jupyter_\\w+|issue_\\w+|commit_\\w+|empty_output)>',
		'</?(?:start_of_turn|end_of_turn|endoftext|eos|bos)>',
		'[ ▁]?</?(?:PRE|SUF|MID|EOT)>',
		'\\[/?(?:PREFIX|MIDDLE|SUFFIX|INST)\\]',
		'</s>$',
	].join('|'),
	'g',
);

/** A tag in closing form, and a fence: in code they mean something only where they were opened. */
const ending = /<\/([\p{L}_][\p{L}\p{N}_.:|-]*)>|\[\/[A-Z]+\]|`{3,}(?=\s*(?:\n|$))/gu;
/** Elements of the pages that models have read, and what they were told to answer in: not of anybody's own markup. */
const wrapper =
	/^(?:s|code|pre|answer|response|output|completion|solution|assistant|think|tool_call|prefix|middle|suffix|file|document|script-?code|python|javascript|typescript|java|cpp|rust|go)$/i;
const markup = /^(?:html|xml|xsl|vue|svelte|php|markdown|mdx|astro|handlebars|erb|razor|(?:java|type)scriptreact)$/;
const shell = /^(?:shellscript|bat|powershell|perl)$/;

/** Ends the text where the model began to talk in its own markers, unless the document itself is about such markers. */
export const cutControlTokens: Filter = (candidate, context) => {
	const { text } = candidate;
	const ends = [...text.matchAll(controlToken)]
		.filter(([marker]) => !isInDocument(marker.trim(), context))
		.map(({ index }) => index);
	const first = Math.min(...ends, endOfAnswer(text, context) ?? Infinity);
	return first === Infinity ? candidate : { ...candidate, text: text.slice(0, first) };
};

function isInDocument(marker: string, { prefix, suffix }: FilterContext): boolean {
	return prefix.includes(marker) || suffix.includes(marker);
}

/** Where something is closed, in code, that neither the text nor the document opens. */
function endOfAnswer(text: string, context: FilterContext): number | undefined {
	if (context.languageId === 'markdown' || !/<\/|```|\[\//.test(text)) {
		return undefined;
	}
	const here = openHere(context);
	const inCode = new Set(scanMarks(text, context.languageId, here).map(({ index }) => index));
	const found = [...text.matchAll(ending)].find(({ 0: marker, 1: name, index }) =>
		inCode.has(index) && !isInDocument(marker, context)
			? name === undefined
				? isForeign(marker, here, context)
				: !isOpened(name, text.slice(0, index), context)
			: false,
	);
	return found?.index;
}

/** A fence, where three backticks do not go on with a template; a bracket with a slash, which is the start of nothing. */
function isForeign(marker: string, here: string, context: FilterContext): boolean {
	return marker.startsWith('`') ? here !== '`' : linePrefix(context).trim() !== '' || here === '';
}

/** A wrapper of the model must have been opened in sight; other elements of markup may be open further up. */
function isOpened(name: string, before: string, { prefix, languageId }: FilterContext): boolean {
	const isSeen = new RegExp(`<${name.replace(/[.|-]/g, '\\$&')}(?![\\p{L}\\p{N}_-])`, 'u').test(prefix + before);
	return isSeen || ((markup.test(languageId) || shell.test(languageId)) && !wrapper.test(name));
}
