import type { GgufFacts } from './fim/ggufFacts';
import { fileLead } from './layout';
import { windowAfter } from './layoutWindow';
import type { TokenId, Tokenizer } from './tokenizer';

/** How our own family is asked for one sentence about some code: `BOS FILE path EXPLAIN code ANSWER`, and straight on. */
export interface SentenceFormat {
	readonly bos: TokenId;
	readonly file: TokenId;
	readonly explain: TokenId;
	readonly answer: TokenId;
	/** Geometric mean of the words' probabilities below which held-out sentences were mostly wrong. 0 … 1. */
	readonly floor: number;
}

/**
 * @param floor of the header. Only weights that were trained and graded for the task have one: the tokens alone stand in
 * every vocabulary of the family.
 */
export function detectSentenceFormat(
	{ controlTokens, bos }: GgufFacts,
	floor: number | undefined,
): SentenceFormat | undefined {
	const file = controlTokens.get('<file_sep>');
	const explain = controlTokens.get('<explain>');
	const answer = controlTokens.get('<answer>');
	if (floor === undefined || bos === undefined || file === undefined || explain === undefined || answer === undefined) {
		return undefined;
	}
	return { bos, file, explain, answer, floor: Math.min(1, Math.max(0, floor)) };
}

/** As many lines of the code as fit in `budget` tokens. `training/layout.py` lays out the same. */
export function layoutSentence(
	{ bos, file, explain, answer }: SentenceFormat,
	tokenizer: Tokenizer,
	{ path, code }: { readonly path: string; readonly code: string },
	budget: number,
): readonly TokenId[] {
	const lead = fileLead({ kind: 'token', token: file }, path);
	const header = [...lead.tokens, ...tokenizer.tokenize(`${lead.line}\n`)];
	const lines = windowAfter(tokenizer, code, Math.max(0, budget - header.length - 3));
	return [bos, ...header, explain, ...lines, answer];
}
