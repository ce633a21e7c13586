import { balanceBrackets } from './balanceBrackets';
import { capLength } from './capLength';
import { closeBlocks } from './closeBlocks';
import { CodeScanner } from './codeScanner';
import { cutClosedTags } from './cutClosedTags';
import { cutControlTokens } from './cutControlTokens';
import { cutFollowingLines } from './cutFollowingLines';
import { cutOtherLanguage } from './cutOtherLanguage';
import { cutRepetition } from './cutRepetition';
import { cutScope } from './cutScope';
import { cutUnbalanced } from './cutUnbalanced';
import { dropHalfLine } from './dropHalfLine';
import { dropSecrets } from './dropSecrets';
import { dropTrivial } from './dropTrivial';
import type { Candidate, Filter, FilterContext } from './filter';
import { keepBalance } from './keepBalance';
import { keepUserText } from './keepUserText';
import { matchIndent } from './matchIndent';
import { normaliseLineEnds } from './normaliseLineEnds';
import { overlapRestOfLine } from './overlapRestOfLine';
import { stripInvisible } from './stripInvisible';
import { trimBlankLines } from './trimBlankLines';
import { trimTrailingSpace } from './trimTrailingSpace';

/**
 * The filters in the order they run: first what the text is, then where it ends, then how it fits. After
 * `overlapRestOfLine`, which decides what the item replaces, nothing may take off more than a line that only opens.
 */
export const filters = [
	// First, for what it is told is an offset in the text as the model wrote it.
	{
		name: 'cutScope',
		does: 'ends the text where, by the syntax of the file, it leaves what the cursor is in',
		filter: cutScope,
	},
	{ name: 'capLength', does: 'ends a text that has no end', filter: capLength },
	{ name: 'normaliseLineEnds', does: 'writes line ends as the editor does', filter: normaliseLineEnds },
	{ name: 'stripInvisible', does: 'takes out characters that nobody can see', filter: stripInvisible },
	{
		name: 'cutControlTokens',
		does: "ends the text at one of the model's own control tokens",
		filter: cutControlTokens,
	},
	{ name: 'dropSecrets', does: 'shows nothing that looks like a key to a service', filter: dropSecrets },
	{
		name: 'cutOtherLanguage',
		does: 'ends the text before prose, or code of another language',
		filter: cutOtherLanguage,
	},
	{ name: 'dropHalfLine', does: 'takes off what a limit of the engine cut in half', filter: dropHalfLine },
	{ name: 'trimBlankLines', does: 'takes out blank lines that nobody wants', filter: trimBlankLines },
	{ name: 'matchIndent', does: 'indents the text as the file is indented', filter: matchIndent },
	{ name: 'cutRepetition', does: 'ends the text where it begins to go in circles', filter: cutRepetition },
	{
		name: 'cutFollowingLines',
		does: 'ends the text where it writes what stands below the cursor already',
		filter: cutFollowingLines,
	},
	{
		name: 'balanceBrackets',
		does: 'ends the text before a bracket that closes what is closed already',
		filter: balanceBrackets,
	},
	{
		name: 'cutClosedTags',
		does: 'ends the text before a closing tag that stands below already',
		filter: cutClosedTags,
	},
	{
		name: 'cutUnbalanced',
		does: 'ends the text before it wrecks the brackets, strings or comments around it',
		filter: cutUnbalanced,
	},
	{ name: 'trimTrailingSpace', does: 'takes off white space at the end of lines', filter: trimTrailingSpace },
	{
		name: 'overlapRestOfLine',
		does: 'makes the text fit what stands right of the cursor',
		filter: overlapRestOfLine,
	},
	{ name: 'closeBlocks', does: 'closes the blocks that the text opens', filter: closeBlocks },
	{ name: 'dropTrivial', does: 'shows nothing where nothing would be added', filter: dropTrivial },
	{ name: 'keepUserText', does: 'shows nothing that would delete a character of yours', filter: keepUserText },
	{ name: 'keepBalance', does: 'shows nothing that would unbalance brackets or quotes', filter: keepBalance },
] as const satisfies readonly { readonly name: string; readonly does: string; readonly filter: Filter }[];

/** `does`: for people, to complete the sentence "This filter …". */
export type NamedFilter = (typeof filters)[number];
export type FilterName = NamedFilter['name'];

/** A filter that changed the text, and what it left; `undefined`: it dropped it. */
export interface FilterStep {
	readonly name: FilterName;
	readonly does: string;
	readonly after: Candidate | undefined;
}

export interface Postprocessed {
	readonly shown: Candidate | undefined;
	/** In order; the last of them dropped the text where nothing is shown. */
	readonly steps: readonly FilterStep[];
}

/** The filter that left nothing of the text; a later one may have dropped what was left of it. */
export function emptiedBy(steps: readonly FilterStep[]): FilterName | undefined {
	return steps.find(({ after }) => after === undefined || after.text.trim() === '')?.name;
}

/** @param list the product's filters; the evaluation leaves one out to see what it is good for. */
export function postprocess(
	candidate: Candidate,
	context: FilterContext,
	list: readonly NamedFilter[] = filters,
): Postprocessed {
	const steps: FilterStep[] = [];
	const place = { ...context, scanner: context.scanner ?? new CodeScanner() };
	let current = candidate;
	for (const { name, does, filter } of list) {
		const after = filter(current, place);
		if (after?.text !== current.text || after.replaceAfter !== current.replaceAfter) {
			steps.push({ name, does, after });
		}
		if (after === undefined) {
			return { shown: undefined, steps };
		}
		current = after;
	}
	return { shown: current, steps };
}
