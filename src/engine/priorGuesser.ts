import type { LocalPrior, PriorPlace } from '../core/prior/localPrior';
import type { PriorTokens, PriorTrust } from '../core/prior/mixture';
import type { TokenId, Tokenizer } from '../core/prompt/tokenizer';
import type { Prior } from './nextTokens';

/** Candidates that the model is asked about: each is looked for in the whole vocabulary. */
const mostCandidates = 4;

/** Turns what the prior says in words into the model's tokens. */
export class PriorGuesser implements Prior {
	/** Only for one answer: these are pieces of files, which may be closed before the next. */
	readonly #firstTokens = new Map<string, TokenId | undefined>();

	constructor(
		private readonly prior: LocalPrior,
		readonly trust: PriorTrust,
		private readonly tokenizer: Tokenizer,
	) {}

	/** To be called before `next`, with the place that is asked about. */
	moveTo(place: PriorPlace): void {
		this.#firstTokens.clear();
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
			const token = this.#firstToken(typed + text);
			if (token !== undefined) {
				shares.set(token, (shares.get(token) ?? 0) + share);
			}
		}
		const best = [...shares].toSorted(([, a], [, b]) => b - a).slice(0, mostCandidates);
		return guess === undefined || best.length === 0 ? undefined : { agreeing: guess.agreeing, tokens: new Map(best) };
	}

	#firstToken(text: string): TokenId | undefined {
		const known = this.#firstTokens.get(text);
		if (known !== undefined) {
			return known;
		}
		const [token] = this.tokenizer.tokenize(text);
		this.#firstTokens.set(text, token);
		return token;
	}
}
