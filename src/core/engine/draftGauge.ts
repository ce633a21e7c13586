/**
 * Tokens of a draft at most: what the model checks in one call besides writing the next one. Longer ones gain next to nothing
 * (`bench/results/drafts.json`).
 */
export const longestDraft = 3;

/**
 * Share of a draft's tokens that is right, before anything is known. Of texts: between 0.44 in what authors wrote and 0.88 in our
 * own answers. Of earlier answers: 0.9 and more (`bench/results/drafts.json`).
 */
const atFirst = { texts: 0.5, earlierAnswers: 0.9 } as const;
/** The weight of the last draft in the average. */
const weight = 0.1;
/** Back to the first guess, at each draft that is not made: a file may end in which drafts were no use. */
const recovery = 0.01;
/** A gain below it is not worth it. */
const leastGain = 1.15;

/** Says whether checking the drafts of one source is faster than writing token by token. */
export class DraftGauge {
	#right: number;
	readonly #atFirst: number;

	/** @param cost of checking the longest draft, in proportion to writing one token. */
	constructor(
		private readonly cost: number,
		source: keyof typeof atFirst = 'texts',
	) {
		this.#atFirst = atFirst[source];
		this.#right = this.#atFirst;
	}

	/** Asked once for each draft that could be made. */
	pays(length: number): boolean {
		const cost = 1 + ((this.cost - 1) * length) / longestDraft;
		const isWorthIt = (1 + this.#right * length) / cost > leastGain;
		if (!isWorthIt) {
			this.#right += recovery * Math.max(0, this.#atFirst - this.#right);
		}
		return isWorthIt;
	}

	/** @param right tokens of a draft of `length` that the model writes, too. */
	observe(length: number, right: number): void {
		this.#right += weight * (right / length - this.#right);
	}
}
