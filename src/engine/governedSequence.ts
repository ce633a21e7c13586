import { longestDraft } from '../core/engine/draftGauge';
import type { Pace } from '../core/engine/pace';
import type { ThreadGovernor } from '../core/engine/threadGovernor';
import type { TokenId } from '../core/prompt/tokenizer';
import type { Asked, NextToken, TokenSequence } from './engineModel';
import { paceSlice } from './measurePace';

export interface Governing {
	readonly governor: ThreadGovernor;
	/** As measured with all threads and next to nothing in the cache. */
	readonly pace: Pace;
	/** Numbers in the vector of a token. */
	readonly width: number;
	/** Called after each piece of work, whether the number is new or not: opening a context, too, sets it back. */
	limit(threads: number, isNew: boolean): void;
	/** Milliseconds, on the wall: time that others take counts. */
	readonly now: () => number;
}

/**
 * The extra cost of a token for each earlier token, times the width: attention is work in proportion to the width, the
 * weights in proportion to its square. On one thread of an EPYC 0.26 with 2 million weights and 900 tokens in the cache, 0.45 to
 * 0.58 with 500 million and 900 to 1500 (processor time).
 */
const lookingBack = 1 / 3;

/** Tells the governor how long the work takes that the pace was measured with, and keeps to what it says. */
export class GovernedSequence implements TokenSequence {
	#held = 0;

	constructor(
		private readonly sequence: TokenSequence,
		private readonly governing: Governing,
	) {}

	get capacity(): number {
		return this.sequence.capacity;
	}

	get held(): readonly TokenId[] {
		return this.sequence.held;
	}

	async keepCommonPrefix(tokens: readonly TokenId[]): Promise<number> {
		this.#held = await this.sequence.keepCommonPrefix(tokens);
		return this.#held;
	}

	/** A few tokens take more time each than a slice has them take. */
	evaluate(tokens: readonly TokenId[]): Promise<void> {
		const { length } = tokens;
		const work = (): Promise<void> => this.sequence.evaluate(tokens);
		if (length < paceSlice) {
			this.#held += length;
			return work();
		}
		return this.#timed({ tokens: length, each: this.governing.pace.prefill }, work);
	}

	evaluateNext(token: TokenId, penalised: readonly TokenId[]): Promise<NextToken> {
		return this.#timed(this.#oneToken, () => this.sequence.evaluateNext(token, penalised));
	}

	/** The expected time for a short draft lies between that for one token and that for the longest draft. */
	evaluateAmong(asked: readonly Asked[]): Promise<readonly (readonly NextToken[])[]> {
		const { decode, verify } = this.governing.pace;
		const { length } = asked;
		const atPace = decode + ((verify - decode) * (length - 1)) / longestDraft;
		return this.#timed({ tokens: length, each: atPace / length }, () => this.sequence.evaluateAmong(asked));
	}

	evaluateTop(token: TokenId, count: number): Promise<readonly NextToken[]> {
		return this.#timed(this.#oneToken, () => this.sequence.evaluateTop(token, count));
	}

	dispose(): Promise<void> {
		return this.sequence.dispose();
	}

	get #oneToken(): { readonly tokens: number; readonly each: number } {
		return { tokens: 1, each: this.governing.pace.decode };
	}

	async #timed<T>(
		{ tokens, each }: { readonly tokens: number; readonly each: number },
		work: () => Promise<T>,
	): Promise<T> {
		const { governor, now, width } = this.governing;
		const atPace = tokens * each * (1 + (lookingBack * this.#held) / width);
		this.#held += tokens;
		const start = now();
		const result = await work();
		const end = now();
		const isNew = governor.observe({ atPace, took: end - start, now: end });
		this.governing.limit(governor.threads, isNew);
		return result;
	}
}
