import { lineSuffix } from '../text/documentSnapshot';
import type { Candidate, Filter, FilterContext } from './filter';
import { closes, endsItsLine, unmatchedClosers, unmatchedOpeners, type Mark } from './marks';
import { closersBelow, indentAt, isOpenBracket, openersAbove, openHere } from './nearbyBrackets';
import { scanMarks } from './scanMarks';

/**
 * Closes the blocks that a suggestion of several lines opens and leaves open, each on a line of its own: whoever accepts
 * it gets code that parses. Closers that the lines below have to spare (the editor's auto-close puts them there) serve
 * first. An opener inside a line is no block, and is left alone; a block with nothing in it is left out.
 */
export const closeBlocks: Filter = (candidate, whole) => {
	const { replaceAfter } = candidate;
	const context = replaceAfter === 0 ? whole : { ...whole, suffix: whole.suffix.slice(replaceAfter) };
	if (lineSuffix(context).trim() !== '') {
		return candidate;
	}
	const { text } = withoutEmptyBlocks(candidate, context);
	const missing = openers(text, context).slice(spareClosersBelow(text, context));
	if (!isSeveralLines(text) || !missing.every(mark => endsItsLine(mark, text))) {
		return { ...candidate, text };
	}
	const { prefix } = context;
	const lines = missing.map(
		mark => `\n${indentAt(prefix + text, prefix.length + mark.index)}${closes(mark.character)}`,
	);
	return { ...candidate, text: text.trimEnd() + lines.reverse().join('') };
};

/** Of several lines the last ones go that do nothing but open. */
function withoutEmptyBlocks(candidate: Candidate, context: FilterContext): Candidate {
	const text = candidate.text.trimEnd();
	const isEmpty = openers(text, context).at(-1)?.index === text.length - 1;
	return isEmpty && isSeveralLines(text)
		? withoutEmptyBlocks({ ...candidate, text: text.slice(0, text.lastIndexOf('\n')).trimEnd() }, context)
		: candidate;
}

/** A blank line first, where the cursor stands, does not count: the user goes on behind the line that follows. */
function isSeveralLines(text: string): boolean {
	return text.trim().includes('\n');
}

function openers(text: string, context: FilterContext): readonly Mark[] {
	return unmatchedOpeners(scanMarks(text, context.languageId, openHere(context))).filter(isOpenBracket);
}

function spareClosersBelow(text: string, context: FilterContext): number {
	const closed = unmatchedClosers(scanMarks(text, context.languageId, openHere(context))).length;
	return Math.max(0, closersBelow(context).length - Math.max(0, openersAbove(context).length - closed));
}
