import { lineSuffix } from '../text/documentSnapshot';
import type { Filter, FilterContext } from './filter';
import { closes, endsItsLine, unmatchedOpeners } from './marks';
import { closersBelow, indentAt, isOpenBracket, openersAbove, openHere } from './nearbyBrackets';
import { scanMarks } from './scanMarks';

/**
 * Closes the blocks that a suggestion of several lines opens and leaves open, each on a line of its own: whoever accepts
 * it gets code that parses. Closers that the lines below have to spare (the editor's auto-close puts them there) serve
 * first. An opener inside a line is no block, and is left alone.
 */
export const closeBlocks: Filter = (candidate, context) => {
	const { text } = candidate;
	if (!text.trimEnd().includes('\n') || lineSuffix(context).trim() !== '') {
		return candidate;
	}
	const open = unmatchedOpeners(scanMarks(text, context.languageId, openHere(context))).filter(isOpenBracket);
	const missing = open.slice(spareClosersBelow(context));
	if (missing.length === 0 || !missing.every(mark => endsItsLine(mark, text))) {
		return candidate;
	}
	const { prefix } = context;
	const lines = missing.map(
		mark => `\n${indentAt(prefix + text, prefix.length + mark.index)}${closes(mark.character)}`,
	);
	return { ...candidate, text: text.trimEnd() + lines.reverse().join('') };
};

function spareClosersBelow(context: FilterContext): number {
	return Math.max(0, closersBelow(context).length - openersAbove(context).length);
}
