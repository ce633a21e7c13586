import type { TokenId } from '../../src/core/prompt/tokenizer';
import type { Asked, NextToken, TokenSequence } from '../../src/engine/engineModel';
import type { VirtualClock } from '../clock/virtualClock';

/** The time of native calls. Milliseconds. */
export interface CallCosts {
	readonly prefill: (tokens: number) => number;
	/** To write the next token, and to check one more than that. */
	readonly decode: number;
	readonly check: number;
}

/** A KV cache of real weights that takes as long, by the virtual clock, as another machine would. */
export class ClockedSequence implements TokenSequence {
	readonly capacity: number;
	/** Native calls that wrote, and the tokens that were checked in them besides. */
	readonly counts = { calls: 0, checked: 0 };

	constructor(
		private readonly inner: TokenSequence,
		private readonly costs: CallCosts,
		private readonly clock: VirtualClock,
	) {
		this.capacity = inner.capacity;
	}

	get held(): readonly TokenId[] {
		return this.inner.held;
	}

	keepCommonPrefix(tokens: readonly TokenId[]): Promise<number> {
		return this.clock.hold(this.inner.keepCommonPrefix(tokens));
	}

	async evaluate(tokens: readonly TokenId[]): Promise<void> {
		await this.clock.sleep(this.costs.prefill(tokens.length));
		await this.clock.hold(this.inner.evaluate(tokens));
	}

	async evaluateNext(token: TokenId, penalised: readonly TokenId[]): Promise<NextToken> {
		await this.clock.sleep(this.costs.decode);
		return this.clock.hold(this.inner.evaluateNext(token, penalised));
	}

	async evaluateAmong(asked: readonly Asked[]): Promise<readonly (readonly NextToken[])[]> {
		this.counts.calls++;
		this.counts.checked += asked.length - 1;
		await this.clock.sleep(this.costs.decode + this.costs.check * (asked.length - 1));
		return this.clock.hold(this.inner.evaluateAmong(asked));
	}

	async evaluateTop(token: TokenId, count: number): Promise<readonly NextToken[]> {
		await this.clock.sleep(this.costs.decode);
		return this.clock.hold(this.inner.evaluateTop(token, count));
	}

	dispose(): Promise<void> {
		return this.inner.dispose();
	}
}
