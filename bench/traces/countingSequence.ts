import type { TokenId } from '../../src/core/prompt/tokenizer';
import type { Asked, NextToken, TokenSequence } from '../../src/engine/engineModel';

interface Counts {
	/** Tokens of the prompt: slices, those that healing looks behind, and the last one, which yields the first answer. */
	readonly prefilled: number;
	/** Tokens of the answer that were evaluated to get the next one. */
	readonly decoded: number;
	/** Native calls. */
	readonly calls: number;
}

/** Counts what is evaluated, and lets a virtual clock go on by it. */
export class CountingSequence implements TokenSequence {
	readonly capacity: number;
	#counts = { prefilled: 0, decoded: 0, calls: 0 };
	#steps = 0;
	#left = Infinity;
	#cancel = new AbortController();

	/** @param cost milliseconds for a token, by the virtual clock. */
	constructor(
		private readonly inner: TokenSequence,
		private readonly cost: { readonly prefill: number; readonly decode: number },
	) {
		this.capacity = inner.capacity;
	}

	/** Aborts when the time that `start` gave is over. */
	get signal(): AbortSignal {
		return this.#cancel.signal;
	}

	/** Since `start`. */
	get counts(): Counts {
		return this.#counts;
	}

	start(milliseconds: number): void {
		this.#counts = { prefilled: 0, decoded: 0, calls: 0 };
		this.#steps = 0;
		this.#left = milliseconds;
		this.#cancel = new AbortController();
	}

	get held(): readonly TokenId[] {
		return this.inner.held;
	}

	keepCommonPrefix(tokens: readonly TokenId[]): Promise<number> {
		return this.inner.keepCommonPrefix(tokens);
	}

	async evaluate(tokens: readonly TokenId[]): Promise<void> {
		this.#count('prefilled', tokens.length, this.cost.prefill * tokens.length);
		await this.inner.evaluate(tokens);
	}

	async evaluateNext(token: TokenId, penalised: readonly TokenId[]): Promise<NextToken> {
		this.#count(this.#steps++ === 0 ? 'prefilled' : 'decoded', 1, this.cost.decode);
		return this.inner.evaluateNext(token, penalised);
	}

	async evaluateAmong(asked: readonly Asked[]): Promise<readonly (readonly NextToken[])[]> {
		this.#count(this.#steps++ === 0 ? 'prefilled' : 'decoded', asked.length, this.cost.decode * asked.length);
		return this.inner.evaluateAmong(asked);
	}

	async evaluateTop(token: TokenId, count: number): Promise<readonly NextToken[]> {
		this.#count('prefilled', 1, this.cost.decode);
		return this.inner.evaluateTop(token, count);
	}

	dispose(): Promise<void> {
		return this.inner.dispose();
	}

	#count(what: 'prefilled' | 'decoded', tokens: number, milliseconds: number): void {
		this.#counts[what] += tokens;
		this.#counts.calls++;
		this.#left -= milliseconds;
		if (this.#left < 0) {
			this.#cancel.abort();
		}
	}
}
