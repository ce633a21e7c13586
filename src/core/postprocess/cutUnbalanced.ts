import { lineSuffix } from '../text/documentSnapshot';
import { imbalanceWith, type Imbalance } from './balance';
import type { Candidate, Filter, FilterContext } from './filter';
import { endsItsLine, unmatchedClosers, unmatchedOpeners } from './marks';
import { isOpenBracket, openHere } from './nearbyBrackets';
import { openAtEnd, scanMarks, spansLines } from './scanMarks';

/** More places at which the text might end are not tried: each is a look at the code around it. */
const mostTried = 24;

/**
 * Ends the text where it would begin to wreck the brackets around it: at the last of its brackets and line ends before
 * which no bracket closes what nothing opened, and, of several lines, none of them leaves a string, a comment or a bracket
 * within a line open. What its only line leaves open, and a block (see `closeBlocks`), the user goes on with.
 */
export const cutUnbalanced: Filter = (candidate, context) => {
	if (lineSuffix(context).trim() !== '') {
		return candidate;
	}
	const { text } = candidate;
	const before = imbalanceWith({ text: '', replaceAfter: 0 }, context);
	const end = endsOf(text, context).find(at =>
		fits(text.slice(0, at), context, { before, isWhole: at === text.length }),
	);
	return end === undefined ? undefined : endAt(candidate, end);
};

function endAt(candidate: Candidate, end: number): Candidate {
	return end === candidate.text.length ? candidate : { ...candidate, text: candidate.text.slice(0, end).trimEnd() };
}

/** Where the text might end, last first. */
function endsOf(text: string, context: FilterContext): readonly number[] {
	const closers = unmatchedClosers(scanMarks(text, context.languageId, openHere(context))).map(({ index }) => index);
	const lines = [...text.matchAll(/\n/g)].map(({ index }) => index);
	return [text.length, ...[...closers, ...lines].sort((a, b) => b - a)]
		.slice(0, mostTried)
		.filter(at => at === text.length || text.slice(0, at).trim() !== '');
}

interface Fitting {
	readonly before: Imbalance;
	/** A line that the model went on behind has an end: a string that is open there stays open. */
	readonly isWhole: boolean;
}

function fits(text: string, context: FilterContext, { before, isWhole }: Fitting): boolean {
	const here = openHere(context);
	const open = openAtEnd(text, context.languageId, here);
	const isOneLine = !text.trim().includes('\n');
	const isLeftOpen = open !== '' && open !== here && !isLineComment(open);
	if (isLeftOpen && (!isWhole || !isOneLine || spansLines(open))) {
		return false;
	}
	const after = imbalanceWith({ text: isLeftOpen ? text + open : text, replaceAfter: 0 }, context);
	const openers = unmatchedOpeners(scanMarks(text, context.languageId, here)).filter(isOpenBracket);
	const areBlocks = isOneLine || openers.every(mark => endsItsLine(mark, text));
	return (
		areBlocks &&
		after.closers <= before.closers &&
		after.crossed <= before.crossed + openers.length &&
		after.literals <= before.literals
	);
}

function isLineComment(open: string): boolean {
	return /^(?:\/\/|#|--|;|%)$/.test(open);
}
