import { lineSuffix } from '../text/documentSnapshot';
import type { Filter, FilterContext } from './filter';
import { indentOf } from './lines';
import { closes, isCloser, scanMarks, unmatchedClosers, unmatchedOpeners, type Mark } from './marks';

/** Enough to find the brackets around the cursor. */
const window = 4000;

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
	const open = brackets(unmatchedOpeners(scanMarks(text, context.languageId)));
	const missing = open.slice(spareClosersBelow(context));
	if (missing.length === 0 || !missing.every(mark => endsItsLine(mark, text))) {
		return candidate;
	}
	const whole = context.prefix.slice(-window) + text;
	const start = whole.length - text.length;
	const lines = missing.map(mark => `\n${indentAt(whole, start + mark.index)}${closes(mark.character)}`);
	return { ...candidate, text: text.trimEnd() + lines.reverse().join('') };
};

function spareClosersBelow({ prefix, suffix, languageId }: FilterContext): number {
	const above = brackets(unmatchedOpeners(scanMarks(prefix.slice(-window), languageId)));
	const below = brackets(unmatchedClosers(scanMarks(suffix.slice(0, window), languageId)));
	return Math.max(0, below.length - above.length);
}

function brackets(marks: readonly Mark[]): readonly Mark[] {
	return marks.filter(mark => isCloser(mark.character) || isCloser(closes(mark.character)));
}

function endsItsLine({ index }: Mark, text: string): boolean {
	return /^[ \t]*(?:\n|$)/.test(text.slice(index + 1));
}

function indentAt(text: string, index: number): string {
	return indentOf(text.slice(text.lastIndexOf('\n', index - 1) + 1, index));
}
