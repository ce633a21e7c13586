import { seededRandom } from '../core/util/seededRandom';
import type { NextToken } from './engineModel';

const temperature = 0.5;
/** Likelier tokens than these are nearly always among so many. */
export const sampledFrom = 20;

/** Writes what is likeliest the first time, and otherwise draws: the same each time that the same is asked. */
export class SentenceSampler {
	readonly #random: (() => number) | undefined;

	/** @param attempt from 0. */
	constructor(attempt: number) {
		this.#random = attempt === 0 ? undefined : seededRandom(attempt);
	}

	/** @param among the likeliest `sampledFrom`, best first. */
	choose(among: readonly NextToken[]): NextToken | undefined {
		if (this.#random === undefined) {
			return among[0];
		}
		const weights = among.map(({ probability }) => probability ** (1 / temperature));
		let left = this.#random() * weights.reduce((sum, weight) => sum + weight, 0);
		return among.find((_, index) => (left -= weights[index] ?? 0) <= 0) ?? among[0];
	}
}
