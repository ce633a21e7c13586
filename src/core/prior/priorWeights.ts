import type { PriorTrust } from './mixture';

/** Properties of a model that are known before its first answer. */
export interface ModelFacts {
	/** `general.name` of the GGUF. */
	readonly name: string;
	readonly fileBytes: number;
}

/**
 * Fitted for the sotto-nano in the box by `npx tsx bench/priorFit.ts` (`bench/results/prior.md`): where one lexeme agrees the prior weighs
 * 0.09 when its likeliest token has a share of 0.3, and 0.59 when all places agree; where 31 agree, 0.34 and 0.88.
 */
const sottoNano: PriorTrust = { base: -3.89, perDoubling: 0.42, perShare: 3.82 };

/**
 * For the bundled model, and for models that nothing was measured for: the prior decides where the model is in doubt and a whole line or
 * more agrees. One agreeing lexeme weighs 0.02 to 0.08, 31 weigh 0.10 to 0.32. With SmolLM2-135M it costs no point of HumanEval-infilling
 * (34.3 % of 207 single lines with the prior and without) and finds 67.9 instead of 65.3 % of the tokens of repositories. The weights that fit
 * repositories best find 70.8 %, but copy lines of the same document into new code: 25.1 to 30.9 % (`bench/results/prior.md`).
 */
const careful: PriorTrust = { base: -4.8, perDoubling: 0.41, perShare: 2.0 };

/** By `general.name`. */
const fitted: readonly (readonly [name: RegExp, trust: PriorTrust])[] = [[/^sotto-nano$/, sottoNano]];

export function priorTrust({ name }: Pick<ModelFacts, 'name'>): PriorTrust {
	return fitted.find(([known]) => known.test(name))?.[1] ?? careful;
}
