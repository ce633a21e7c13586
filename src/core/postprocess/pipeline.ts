import { balanceBrackets } from './balanceBrackets';
import { closeBlocks } from './closeBlocks';
import { cutControlTokens } from './cutControlTokens';
import { cutFollowingLines } from './cutFollowingLines';
import { cutRepetition } from './cutRepetition';
import { dropHalfLine } from './dropHalfLine';
import { dropTrivial } from './dropTrivial';
import type { Candidate, Filter, FilterContext } from './filter';
import { keepUserText } from './keepUserText';
import { matchIndent } from './matchIndent';
import { normaliseLineEnds } from './normaliseLineEnds';
import { overlapRestOfLine } from './overlapRestOfLine';
import { stripInvisible } from './stripInvisible';
import { trimBlankLines } from './trimBlankLines';
import { trimTrailingSpace } from './trimTrailingSpace';

/**
 * The filters in the order they run: first what the text is, then where it ends, then how it fits. Nothing may
 * shorten the text after `overlapRestOfLine`, which decides what the item replaces.
 */
export const filters: readonly { readonly name: string; readonly filter: Filter }[] = [
	{ name: 'normaliseLineEnds', filter: normaliseLineEnds },
	{ name: 'stripInvisible', filter: stripInvisible },
	{ name: 'cutControlTokens', filter: cutControlTokens },
	{ name: 'dropHalfLine', filter: dropHalfLine },
	{ name: 'trimBlankLines', filter: trimBlankLines },
	{ name: 'matchIndent', filter: matchIndent },
	{ name: 'cutRepetition', filter: cutRepetition },
	{ name: 'cutFollowingLines', filter: cutFollowingLines },
	{ name: 'balanceBrackets', filter: balanceBrackets },
	{ name: 'closeBlocks', filter: closeBlocks },
	{ name: 'trimTrailingSpace', filter: trimTrailingSpace },
	{ name: 'overlapRestOfLine', filter: overlapRestOfLine },
	{ name: 'dropTrivial', filter: dropTrivial },
	{ name: 'keepUserText', filter: keepUserText },
];

/** `fired` names the filters that changed the text, in order; the last of them dropped it where `shown` is undefined. */
export function postprocess(
	candidate: Candidate,
	context: FilterContext,
): { shown: Candidate | undefined; fired: readonly string[] } {
	const fired: string[] = [];
	let current = candidate;
	for (const { name, filter } of filters) {
		const next = filter(current, context);
		if (next === undefined) {
			return { shown: undefined, fired: [...fired, name] };
		}
		if (next.text !== current.text || next.replaceAfter !== current.replaceAfter) {
			fired.push(name);
		}
		current = next;
	}
	return { shown: current, fired };
}
