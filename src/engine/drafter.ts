import { DraftGauge } from '../core/engine/draftGauge';
import type { PriorTokens } from '../core/prior/mixture';
import type { TokenId } from '../core/prompt/tokenizer';
import { EarlierAnswers } from './earlierAnswers';

export interface Draft {
	readonly tokens: readonly TokenId[];
	/** The gauge of the source that this draft comes from. */
	readonly gauge: DraftGauge;
}

/** Says what may come next, of the sources that pay: what an earlier answer had there, else what the texts at hand have. */
export class Drafter {
	readonly #answers = new EarlierAnswers();

	/** @param cost of checking the longest draft, in proportion to writing one token. */
	constructor(
		cost: number,
		private readonly gauges = {
			earlierAnswers: new DraftGauge(cost, 'earlierAnswers'),
			texts: new DraftGauge(cost, 'texts'),
		},
	) {}

	/** @param tokens of an answer that begins; it adds to them. */
	begin(tokens: readonly TokenId[]): void {
		this.#answers.begin(tokens);
	}

	/** @param tokens all so far. @param guess what the texts say comes next. */
	draft(tokens: readonly TokenId[], guess: PriorTokens | undefined): Draft | undefined {
		const { earlierAnswers, texts } = this.gauges;
		const drafts = [
			{ tokens: this.#answers.behind(tokens), gauge: earlierAnswers },
			{ tokens: guess?.draft ?? [], gauge: texts },
		];
		return drafts.find(({ tokens: draft, gauge }) => draft.length > 0 && gauge.pays(draft.length));
	}
}
