/** The work of an engine in a replay. Tokens, native calls. */
export interface WorkCounts {
	prefilled: number;
	decoded: number;
	/** Decoded for answers that nobody was shown. */
	decodedInVain: number;
	calls: number;
	/** Tokens of all prompts, evaluated or not. */
	promptTokens: number;
	requests: number;
}

export function noWork(): WorkCounts {
	return { prefilled: 0, decoded: 0, decodedInVain: 0, calls: 0, promptTokens: 0, requests: 0 };
}

/** How much of `tokens` a cache that holds `held` has already. */
export function commonLength(held: readonly number[], tokens: readonly number[]): number {
	const different = held.findIndex((token, index) => token !== tokens[index]);
	return different === -1 ? held.length : different;
}
