/**
 * How sure the model was of its answer, in words.
 *
 * The engine gives one probability per token but not the tokens' texts, so a probability cannot be laid against a sentence
 * exactly, and Sotto marks no single sentence: one judgement for the whole answer is what can be said truthfully.
 * It is the geometric mean of the token probabilities (the exponential of the mean log probability), which one long run of
 * sure tokens cannot lift over a few very unsure ones as easily as a plain mean. The steps are chosen, not calibrated.
 */
export function confidenceInWords(probabilities: readonly number[]): string {
	const mean = geometricMean(probabilities);
	if (mean === undefined) {
		return '';
	}
	if (mean >= 0.75) {
		return 'The model was sure of its words. That is no proof: check them against the code.';
	}
	return mean >= 0.5
		? 'The model was fairly sure of its words: check them against the code.'
		: 'Not sure: the model was guessing at many of these words.';
}

/** @param floor what the model's header says of its sentences; below it those about held-out code were mostly wrong. */
export function sentenceConfidence(probabilities: readonly number[], floor: number): string {
	return (geometricMean(probabilities) ?? 0) >= floor
		? 'One sentence by the small model, which may be wrong: check it against the code.'
		: 'Not sure: one sentence by the small model, which was guessing at many of these words.';
}

/** Of the best of several sentences by a model that is too small to chat. */
export const chosenSentence =
	'One sentence by a small model, the best of several by how well it fits the code. It may be wrong: check it.';

/** Of a model that is too small: `why` is a sentence. */
export function withoutSentence(why: string): string {
	return `${why} A larger model with a chat template (an instruct GGUF of a billion weights or more) explains better.`;
}

export const noneFits = 'No sentence of the small model fits this code well enough to be shown.';

/** A token of probability 0 (it was rounded away) would make the whole mean 0, so each counts as at least this. */
const smallest = 1e-6;

export function geometricMean(probabilities: readonly number[]): number | undefined {
	if (probabilities.length === 0) {
		return undefined;
	}
	const logs = probabilities.reduce((sum, probability) => sum + Math.log(Math.max(probability, smallest)), 0);
	return Math.exp(logs / probabilities.length);
}
