import type { WeightType } from './blockTypes';

/** In what type each kind of matrix is written. What is not named stays as it is in the source. */
export interface Recipe {
	readonly embedding?: WeightType;
	readonly attention?: WeightType;
	readonly feedForward?: WeightType;
}

/** Those that `bench/quantisation.ts` compares. The source has the embedding in Q8_0 and all else in Q4_1. */
export const recipes = {
	'source': {},
	'q8_0': { attention: 'Q8_0', feedForward: 'Q8_0' },
	'q4_0': { attention: 'Q4_0', feedForward: 'Q4_0' },
	'iq4_nl': { attention: 'IQ4_NL', feedForward: 'IQ4_NL' },
	'attention-q8_0': { attention: 'Q8_0' },
	'attention-q8_0-rest-q4_0': { attention: 'Q8_0', feedForward: 'Q4_0' },
	'attention-q8_0-rest-iq4_nl': { attention: 'Q8_0', feedForward: 'IQ4_NL' },
	'embedding-iq4_nl': { embedding: 'IQ4_NL' },
	'all-q4_0': { embedding: 'Q4_0', attention: 'Q4_0', feedForward: 'Q4_0' },
	'all-iq4_nl': { embedding: 'IQ4_NL', attention: 'IQ4_NL', feedForward: 'IQ4_NL' },
} as const satisfies Readonly<Record<string, Recipe>>;

export type RecipeName = keyof typeof recipes;

/** The type that a matrix of this name is to have. */
export function typeFor(recipe: Recipe, tensor: string): WeightType | undefined {
	if (tensor === 'token_embd.weight') {
		return recipe.embedding;
	}
	if (/\.attn_(?:q|k|v|output)\.weight$/.test(tensor)) {
		return recipe.attention;
	}
	return /\.ffn_(?:gate|up|down)\.weight$/.test(tensor) ? recipe.feedForward : undefined;
}
