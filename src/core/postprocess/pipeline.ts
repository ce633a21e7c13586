import { balanceBrackets } from './balanceBrackets';
import { capLength } from './capLength';
import { closeBlocks } from './closeBlocks';
import { CodeScanner } from './codeScanner';
import { cutClosedTags } from './cutClosedTags';
import { cutControlTokens } from './cutControlTokens';
import { cutFollowingLines } from './cutFollowingLines';
import { cutKnownDefinition } from './cutKnownDefinition';
import { cutLastComma } from './cutLastComma';
import { cutOpenQuote } from './cutOpenQuote';
import { cutOtherLanguage } from './cutOtherLanguage';
import { cutRepeatedStart } from './cutRepeatedStart';
import { cutRepetition } from './cutRepetition';
import { cutScope } from './cutScope';
import { cutUnbalanced } from './cutUnbalanced';
import { dropFragment } from './dropFragment';
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
		does: 'ends the text where, by its syntax, it leaves the block that the cursor is in',
		filter: cutScope,
	},
	{ name: 'capLength', does: 'ends a text that is too long to read', filter: capLength },
	{ name: 'normaliseLineEnds', does: 'normalises line ends', filter: normaliseLineEnds },
	{ name: 'stripInvisible', does: 'removes invisible characters', filter: stripInvisible },
	{
		name: 'cutControlTokens',
		does: 'ends the text at a control token of the model',
		filter: cutControlTokens,
	},
	{ name: 'dropSecrets', does: 'drops text that looks like a password or an API key', filter: dropSecrets },
	{
		name: 'cutOtherLanguage',
		does: 'ends the text before prose or code in another language',
		filter: cutOtherLanguage,
	},
	{ name: 'dropHalfLine', does: 'removes the last word or line if a limit of the engine cut it', filter: dropHalfLine },
	{ name: 'trimBlankLines', does: 'removes superfluous blank lines', filter: trimBlankLines },
	{
		name: 'cutRepeatedStart',
		does: 'takes off what the text repeats of the line left of the cursor',
		filter: cutRepeatedStart,
	},
	{ name: 'matchIndent', does: 'indents the text like the file', filter: matchIndent },
	{
		name: 'dropFragment',
		does: 'drops text that is the rest of an expression which nobody began',
		filter: dropFragment,
	},
	{
		name: 'cutKnownDefinition',
		does: 'ends the text before a definition or an import that the file has already',
		filter: cutKnownDefinition,
	},
	{ name: 'cutRepetition', does: 'ends the text where it repeats itself', filter: cutRepetition },
	{
		name: 'cutFollowingLines',
		does: 'ends the text where it repeats the lines below the cursor',
		filter: cutFollowingLines,
	},
	{
		name: 'balanceBrackets',
		does: 'ends the text before a closing bracket that is one too many',
		filter: balanceBrackets,
	},
	{
		name: 'cutClosedTags',
		does: 'ends the text before a closing tag that is below the cursor already',
		filter: cutClosedTags,
	},
	{
		name: 'cutUnbalanced',
		does: 'ends the text before it breaks brackets, strings or comments around it',
		filter: cutUnbalanced,
	},
	{
		name: 'cutOpenQuote',
		does: 'takes off a quote at the end that only begins a string',
		filter: cutOpenQuote,
	},
	{ name: 'trimTrailingSpace', does: 'removes white space at the end of lines', filter: trimTrailingSpace },
	{
		name: 'overlapRestOfLine',
		does: 'fits the text to the code right of the cursor',
		filter: overlapRestOfLine,
	},
	{
		name: 'cutLastComma',
		does: 'takes out a comma before a closing bracket, where the language has none',
		filter: cutLastComma,
	},
	{ name: 'closeBlocks', does: 'closes the blocks that the text opens', filter: closeBlocks },
	{ name: 'dropTrivial', does: 'drops text that would add nothing', filter: dropTrivial },
	{ name: 'keepUserText', does: 'drops text that would delete a character of yours', filter: keepUserText },
	{ name: 'keepBalance', does: 'drops text that would unbalance brackets or quotes', filter: keepBalance },
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
