import { lineSuffix } from '../text/documentSnapshot';
import type { Filter, FilterContext } from './filter';
import { indentOf } from './lines';
import { closes, isCloser, scanMarks, unmatchedClosers, unmatchedOpeners, type Mark } from './marks';

/** Enough to find the openers around the cursor; further out, indentation would not tell either. */
const window = 4000;

/**
 * Ends the text before a bracket that closes what the lines below the cursor close already, or what nothing opened.
 * Brackets right of the cursor in its line are `overlapRestOfLine`'s.
 */
export const balanceBrackets: Filter = (candidate, context) => {
	if (lineSuffix(context).trim() !== '') {
		return candidate;
	}
	const closers = unmatchedClosers(scanMarks(candidate.text, context.languageId));
	const below = closersBelow(context);
	const openers = openersAbove(context);
	for (const closer of closers) {
		if (!isCloser(closer.character)) {
			return candidate;
		}
		if (isExcess(closer, openers.pop(), below)) {
			return { ...candidate, text: candidate.text.slice(0, closer.index).trimEnd() };
		}
	}
	return candidate;
};

interface Placed {
	readonly character: string;
	readonly indent: number;
}

/**
 * Brackets pair from the inside out. The opener is closed below when the first closer there is its partner and starts a
 * line indented like the opener's: a rule that needs no more of the file than the window shows.
 */
function isExcess(closer: Mark, opener: Placed | undefined, below: readonly Placed[]): boolean {
	const [first] = below;
	if (opener === undefined || closes(opener.character) !== closer.character) {
		return below.some(placed => placed.character === closer.character);
	}
	return first?.character === closer.character && first.indent === opener.indent;
}

function openersAbove({ prefix, languageId }: FilterContext): Placed[] {
	const text = prefix.slice(-window);
	const marks = unmatchedOpeners(scanMarks(text, languageId));
	return marks.filter(mark => isCloser(closes(mark.character))).map(mark => placed(mark, text));
}

function closersBelow({ suffix, languageId }: FilterContext): readonly Placed[] {
	const text = suffix.slice(0, window);
	const marks = unmatchedClosers(scanMarks(text, languageId));
	return marks.filter(mark => isCloser(mark.character)).map(mark => placed(mark, text));
}

function placed({ character, index }: Mark, text: string): Placed {
	const line = text.slice(text.lastIndexOf('\n', index - 1) + 1, index);
	return { character, indent: indentOf(line).length };
}
