import { lineSuffix } from '../text/documentSnapshot';
import type { Filter } from './filter';
import { closes, isCloser, unmatchedClosers, type Mark } from './marks';
import { closersBelow, openersAbove, openHere, type PlacedBracket } from './nearbyBrackets';
import { scanMarks } from './scanMarks';

/**
 * Ends the text before a bracket that closes what the lines below the cursor close already, or what nothing opened.
 * Brackets right of the cursor in its line are `overlapRestOfLine`'s.
 */
export const balanceBrackets: Filter = (candidate, context) => {
	if (lineSuffix(context).trim() !== '') {
		return candidate;
	}
	const closers = unmatchedClosers(scanMarks(candidate.text, context.languageId, openHere(context)));
	const below = closersBelow(context);
	const openers = [...openersAbove(context)];
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

/**
 * Brackets pair from the inside out. The opener is closed below when the first closer there is its partner and starts a
 * line indented like the opener's: a rule that needs no more of the file than the window shows.
 */
function isExcess(closer: Mark, opener: PlacedBracket | undefined, below: readonly PlacedBracket[]): boolean {
	const [first] = below;
	if (opener === undefined || closes(opener.character) !== closer.character) {
		return below.some(placed => placed.character === closer.character);
	}
	return first?.character === closer.character && first.indent === opener.indent;
}
