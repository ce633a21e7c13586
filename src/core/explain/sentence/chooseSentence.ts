import type { Evidence } from '../evidence';
import { contradictions, saysSomething } from './contradictions';
import { markUnknown, namedWords } from './groundedWords';
import { saysItsName } from './saysItsName';

export interface RankedSentence {
	readonly text: string;
	/** How much likelier it makes the code: natural logarithm, a token on average. */
	readonly gain: number;
}

/** Above it two of three sentences were right: `bench/results/explain-smollm2.md`. */
export const gainFloor = 0.5;
/** A sentence that names what is not there has been made up somewhere: it has to be so much better than one that does not. */
const unknownCosts = 0.05;

/**
 * The sentence that makes the code likeliest among those that speak of its name and that syntax does not contradict, marked where it names what nothing
 * backs; `undefined` where none is good enough.
 */
export function chooseSentence(
	candidates: readonly RankedSentence[],
	evidence: Evidence,
	subject: string,
	floor = gainFloor,
): string | undefined {
	const { code, languageId } = evidence;
	const score = ({ text, gain }: RankedSentence): number =>
		gain - unknownCosts * namedWords(text, evidence).filter(({ isKnown }) => !isKnown).length;
	const [best] = candidates
		.filter(({ text }) => saysSomething(text) && saysItsName(text, subject))
		.filter(({ text }) => contradictions(text, code, languageId).length === 0)
		.toSorted((a, b) => score(b) - score(a));
	if (best === undefined || score(best) < floor) {
		return undefined;
	}
	const text = best.text.trimEnd().replace(wordy, ' ');
	return markUnknown(`${sentenceStart(subject)}${text}${/[.!?]$/.test(text) ? '' : '.'}`, evidence);
}

/** `is a function that returns` says no more than `returns`. */
const wordy = /^\s+is an? (?:function|method|class) (?:that|which) (?=[a-z]+s\s|will\s|can\s)/;

/** `The function total`: the model's text goes on with a space. */
export function sentenceStart(subject: string): string {
	return subject.charAt(0).toUpperCase() + subject.slice(1);
}
