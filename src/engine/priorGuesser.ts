import { longestDraft } from '../core/engine/draftGauge';
import type { LocalPrior, PriorPlace } from '../core/prior/localPrior';
import type { PriorTokens, PriorTrust, TrustBySize } from '../core/prior/mixture';
import type { TokenId, Tokenizer } from '../core/prompt/tokenizer';
import type { Prior } from './nextTokens';

/** Candidates that the model is asked about: each is looked for in the whole vocabulary. */
const mostCandidates = 4;
/** Lexemes that have to agree in front of what is drafted: with fewer it is chance. */
const leastDrafted = 4;

/** Turns what the prior says in words into the model's tokens. */
export class PriorGuesser implements Prior {
	/** Only for one answer: these are pieces of files, which may be closed before the next. */
	readonly #tokens = new Map<string, readonly TokenId[]>();

	constructor(
		private readonly prior: LocalPrior,
		private readonly trustBySize: TrustBySize,
		private readonly tokenizer: Tokenizer,
	) {}

	get trust(): PriorTrust {
		return this.trustBySize(this.prior.lexemes);
	}

	/** To be called before `next`, with the place that is asked about. */
	moveTo(place: PriorPlace): void {
		this.#tokens.clear();
		this.prior.moveTo(place);
	}

	/**
	 * @param written what the answer has so far.
	 * @param typed what the next tokens have to spell first, though it stands in front of the cursor: see `healing.ts`.
	 */
	next(written: string, typed = ''): PriorTokens | undefined {
		const guess = this.prior.guess(written);
		const shares = new Map<TokenId, number>();
		for (const { text, share } of guess?.continuations ?? []) {
			const [token] = this.#tokensOf(typed + text);
			if (token !== undefined) {
				shares.set(token, (shares.get(token) ?? 0) + share);
			}
		}
		const best = [...shares].toSorted(([, a], [, b]) => b - a).slice(0, mostCandidates);
		if (guess === undefined || best.length === 0) {
			return undefined;
		}
		const { agreeing, continuations } = guess;
		const likeliest = continuations.reduce((a, b) => (b.share > a.share ? b : a)).text;
		const draft = agreeing < leastDrafted || typed !== '' ? [] : this.#tokensOf(likeliest).slice(0, longestDraft);
		return { agreeing, tokens: new Map(best), draft };
	}

	#tokensOf(text: string): readonly TokenId[] {
		const tokens = this.#tokens.get(text) ?? this.tokenizer.tokenize(text);
		this.#tokens.set(text, tokens);
		return tokens;
	}
}
