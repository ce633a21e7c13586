import type { PriorTrust } from './mixture';

/** What is known of a model before it has said anything. */
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
 * For models that nothing was measured for: the prior decides where the model is in doubt and a whole line or more agrees.
 * One agreeing lexeme weighs 0.02 to 0.08, 31 weigh 0.10 to 0.32. A guess on the careful side, not a measurement.
 */
const unmeasured: PriorTrust = { base: -4.8, perDoubling: 0.41, perShare: 2.0 };

/**
 * Fitted for SmolLM2-135M by the same script, 40 positions a language in TypeScript, JavaScript, Python and Go: the likelihood of
 * what the authors wrote rises from -2.14 to -1.82 a token (natural logarithm, 1 585 tokens).
 */
const smolLm2: PriorTrust = { base: -3.91, perDoubling: 0.14, perShare: 3.47 };

/** By `general.name`. */
const fitted: readonly (readonly [name: RegExp, trust: PriorTrust])[] = [
	[/^sotto-nano$/, sottoNano],
	[/^smollm2.135m/i, smolLm2],
];

export function priorTrust({ name }: Pick<ModelFacts, 'name'>): PriorTrust {
	return fitted.find(([known]) => known.test(name))?.[1] ?? unmeasured;
}
