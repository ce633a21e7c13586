import { fitsBelow } from './fitsBelow';
import { firstLineBelow } from './stopText';

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
export const candidateCounts = { manual: 10, fitting: 4 } as const;
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
	const score = ({ text, logProbability, below: judged }: C): number =>
		logProbability + weightBelow * judged + (fitsBelow(line + firstLine(text), below) ? 0 : unfitting);
	return candidates.toSorted((a, b) => score(b) - score(a));
}

/** Does the first line of an answer fit in front of what stands below the cursor? */
export function fitsPlace(text: string, { prefix, suffix }: RankedPlace): boolean {
	return fitsBelow(cursorLine(prefix) + firstLine(text), firstLineBelow(suffix));
}

function cursorLine(prefix: string): string {
	return prefix.slice(prefix.lastIndexOf('\n') + 1);
}

function firstLine(text: string): string {
	return text.split('\n', 1)[0] ?? '';
}
