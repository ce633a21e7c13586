import { layoutPrompt, type Layout, type LayoutState } from '../core/prompt/layout';
import type { PromptFormat } from '../core/prompt/fim/detectFormat';
import type { TokenId, Tokenizer } from '../core/prompt/tokenizer';
import type { CompletionParams } from '../protocol/engineContract';

/**
 * Tokens that laying out anew in a long rest may cost. The user comes back at any time, and then waits for what is left
 * of them.
 */
const mostRefreshed = 512;

/** A prompt, and how it was divided: keeps the next one's tokens where they are. */
export interface LaidOut {
	readonly state: LayoutState;
	readonly tokens: readonly TokenId[];
}

/** The longest prompts, in tokens. */
export interface PromptBudget {
	readonly whole: number;
	/** Where more than this would have to be read while somebody waits, the prompt is no longer than this. */
	readonly urgent: number;
}

/**
 * Lays prompts out one after the other, so that each changes as little as possible of what the KV cache holds. At a first
 * key in a fresh place the prompt is a short one; the whole one is read as soon as the user rests.
 */
export class PromptKeeper {
	#isShort = false;

	/** @param last of an engine before this one, if its KV cache is here. */
	constructor(
		private readonly format: PromptFormat,
		private readonly tokenizer: Tokenizer,
		private readonly budget: PromptBudget,
		private last?: LaidOut,
	) {}

	/** The prompt that the KV cache holds, or is about to hold. */
	get laidOut(): LaidOut | undefined {
		return this.last;
	}

	/**
	 * @param held the tokens in the KV cache.
	 * @throws an AbortError for work ahead that would not just add to the last prompt.
	 */
	next(params: CompletionParams, held: readonly TokenId[]): Layout {
		if (params.purpose === 'ahead') {
			const layout = this.#layout(params, this.#isShort ? this.budget.urgent : this.budget.whole);
			if (!this.#appends(layout)) {
				throw new DOMException('Preparing this would cost what the cache holds.', 'AbortError');
			}
			return layout;
		}
		const whole = this.#layout(params, this.budget.whole);
		// Who asks by hand has rested, as a rule, and wants the best answer.
		const isUrgent = params.purpose === undefined && params.candidates === undefined && params.wantsPrompt !== true;
		this.#isShort = isUrgent && whole.tokens.length - commonStart(whole.tokens, held) > this.budget.urgent;
		const layout = this.#isShort ? this.#layout(params, this.budget.urgent) : whole;
		this.last = { state: layout.state, tokens: layout.tokens };
		return layout;
	}

	#layout(params: CompletionParams, budget: number): Layout {
		const { format, tokenizer } = this;
		const options = { budget, state: this.last?.state };
		if (params.purpose === 'settle') {
			return layoutPrompt(format, tokenizer, params, { ...options, rest: 'short' });
		}
		if (params.purpose === 'refresh') {
			const layout = layoutPrompt(format, tokenizer, params, { ...options, rest: 'long' });
			if (layout.tokens.length - commonStart(layout.tokens, this.last?.tokens ?? []) <= mostRefreshed) {
				return layout;
			}
		}
		return layoutPrompt(format, tokenizer, params, options);
	}

	#appends({ state }: Layout): boolean {
		return state.anchor === this.last?.state.anchor && state.windowStart === this.last.state.windowStart;
	}
}

function commonStart(a: readonly TokenId[], b: readonly TokenId[]): number {
	const different = a.findIndex((token, index) => token !== b[index]);
	return different === -1 ? a.length : different;
}
