import { leastIndentation } from './bodyNeeded';
import { fitsBelow } from './fitsBelow';
import { definitionStarts, namesBelow, type CodePlace } from './namesBelow';
import { firstLineBelow, indentation } from './stopText';

/** A first line that the answer may have. */
export interface CandidateLine {
	readonly text: string;
	/** Natural logarithm of the probability of all its tokens. */
	readonly logProbability: number;
	/** Mean natural logarithm of the probabilities of the first tokens below the cursor, behind this line; 0 if there are none. */
	readonly below: number;
}

export interface RankedPlace {
	readonly prefix: string;
	readonly suffix: string;
}

/** How many first lines are tried when the user asks by hand, and where the likeliest one does not fit. */
export const candidateCounts = { manual: 8, fitting: 3 } as const;
/**
 * A line that defines a name which the lines below need: so it begins in 190 of the 271 places of HumanEval-infilling (single
 * lines) where there is such a name. Natural logarithm, for each of the ways to begin it.
 */
export const definitionLogProbability = -1;
/** Tokens below the cursor that are scored behind each candidate. */
export const judgedBelow = 24;
/**
 * How much the mean over the tokens below counts beside the whole probability of the line. From 4 to 32 the choice is the same
 * in nearly all places (HumanEval-infilling; `bench/results/infilling.md`).
 */
const weightBelow = 16;
/** A line that cannot stand there is taken only if no other can. Natural logarithm. */
const unfitting = -20;

/** The best first, each with its score. The order of equals stays. */
export function rankCandidates<C extends CandidateLine>(candidates: readonly C[], place: RankedPlace): readonly C[] {
	const line = cursorLine(place.prefix);
	const below = firstLineBelow(place.suffix);
	const mayBegin = possibleStart(place.prefix);
	const fits = (text: string): boolean => mayBegin(text) && fitsBelow(line + firstLine(text), below);
	const score = ({ text, logProbability, below: judged }: C): number =>
		logProbability + weightBelow * judged + (fits(text) ? 0 : unfitting);
	return candidates.toSorted((a, b) => score(b) - score(a));
}

/**
 * Does the first line of an answer fit in front of what stands below the cursor? A name that is needed there and stands
 * nowhere above has to be in it.
 */
export function fitsPlace(text: string, place: CodePlace): boolean {
	const { prefix, suffix } = place;
	const starts = definitionStarts(place);
	const line = firstLine(text);
	const isDefined = starts.length === 0 || namesBelow(place).some(name => line.includes(name));
	return isDefined && possibleStart(prefix)(text) && fitsBelow(cursorLine(prefix) + line, firstLineBelow(suffix));
}

/** Whether an answer may begin with this text at the cursor, as far as the indentation tells. Blank text may. */
export function possibleStart(prefix: string): (text: string) => boolean {
	const least = leastIndentation(prefix);
	const line = cursorLine(prefix);
	return text => least === 0 || text.trim() === '' || indentation(line + firstLine(text)) >= least;
}

function cursorLine(prefix: string): string {
	return prefix.slice(prefix.lastIndexOf('\n') + 1);
}

function firstLine(text: string): string {
	return text.split('\n', 1)[0] ?? '';
}
