import type { TokenId } from '../prompt/tokenizer';

/** How far the prior is trusted, for one model; `priorWeights.ts` has the figures and where they are from. */
export interface PriorTrust {
	readonly base: number;
	/** Per doubling of the number of agreeing lexemes. */
	readonly perDoubling: number;
	/** For unanimity: times the share of the prior's likeliest token. */
	readonly perShare: number;
}

/** The trust in texts of so many lexemes, all of them together. */
export type TrustBySize = (lexemes: number) => PriorTrust;

/** The prior's guesses for the next token. */
export interface PriorTokens {
	readonly agreeing: number;
	/** Token → probability, 0 to 1. The likeliest few; they need not add up to 1. */
	readonly tokens: ReadonlyMap<TokenId, number>;
	/** How its likeliest text goes on from the next token on, where enough agrees to be worth checking at once. */
	readonly draft?: readonly TokenId[];
}

/** A token that may be next; `undefined` is the end of generation. */
export interface Candidate {
	readonly token: TokenId | undefined;
	readonly probability: number;
}

export interface Choice extends Candidate {
	/** The model alone would have chosen another. */
	readonly fromPrior: boolean;
}

/** The prior's weight in the mixture: a logistic function of how much agrees and of how unanimous the places are. 0 to 1. */
export function priorWeight({ agreeing, tokens }: PriorTokens, { base, perDoubling, perShare }: PriorTrust): number {
	const share = Math.max(0, ...tokens.values());
	return 1 / (1 + Math.exp(-(base + perDoubling * Math.log2(1 + agreeing) + perShare * share)));
}

/**
 * The most probable token of the linear interpolation `p(t) = (1 - w) · p_model(t) + w · p_prior(t)` (Jelinek and Mercer
 * 1980; with the reader's own recent text as the second model: Kuhn and De Mori 1990, "A Cache-Based Natural Language
 * Model for Speech Recognition"; with a neural one as the first: kNN-LM, Khandelwal et al. 2020, arXiv 1911.00172). It is
 * a bias of the logits, `log(1 - w + w · p_prior / p_model)`, that is exact. No other token can be the most probable one
 * than those the prior names and the model's own best, so only these need be known.
 * @param model the model's best token and those that the prior names, with the model's probabilities; best first.
 * @returns the choice, with its probability in the mixture; of equals the model's. `undefined` when there is none.
 */
export function chooseFromMixture(
	model: readonly Candidate[],
	prior: PriorTokens | undefined,
	trust: PriorTrust | undefined,
): Choice | undefined {
	const mixed = mixture(model, prior, trust);
	return mixed.reduce<Choice | undefined>(
		(most, one) => (most === undefined || one.probability > most.probability ? one : most),
		undefined,
	);
}

/** Each candidate with its probability in the mixture, in the order given: the first one is the model's own choice. */
export function mixture(
	model: readonly Candidate[],
	prior: PriorTokens | undefined,
	trust: PriorTrust | undefined,
): readonly Choice[] {
	const weight = prior === undefined || trust === undefined ? 0 : priorWeight(prior, trust);
	return model.map(({ token, probability }, index) => {
		const byPrior = token === undefined ? 0 : (prior?.tokens.get(token) ?? 0);
		// Shares of many places add up to a little more than 1 when they are rounded.
		return { token, probability: Math.min(1, (1 - weight) * probability + weight * byPrior), fromPrior: index > 0 };
	});
}
