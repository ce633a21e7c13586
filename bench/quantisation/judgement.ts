import type { TokenId } from '../../src/core/prompt/tokenizer';
import type { Candidate } from './candidates';
import { openModel, type OpenedModel } from './openedModel';

/** A model's prediction of a text, token by token. */
export interface Judgement {
	/** The loss of the author's token, in nats. */
	readonly losses: readonly number[];
	/** The token that the model would have written there. */
	readonly choices: readonly (TokenId | undefined)[];
}

/** Asked for in one call. */
const tokensAtOnce = 64;

export async function judge({ path }: Candidate, texts: readonly string[], tokensOfEach: number): Promise<Judgement> {
	const opened = await openModel(path, tokensOfEach + tokensAtOnce);
	const losses: number[] = [];
	const choices: (TokenId | undefined)[] = [];
	for (const text of texts) {
		const judged = await judgeText(opened, opened.model.encode(text).slice(0, tokensOfEach));
		losses.push(...judged.losses);
		choices.push(...judged.choices);
	}
	await opened.model.dispose();
	return { losses, choices };
}

async function judgeText({ sequence }: OpenedModel, tokens: readonly TokenId[]): Promise<Judgement> {
	await sequence.keepCommonPrefix([]);
	const losses: number[] = [];
	const choices: (TokenId | undefined)[] = [];
	for (let start = 0; start + 1 < tokens.length; start += tokensAtOnce) {
		const asked = tokens.slice(start, Math.min(start + tokensAtOnce, tokens.length - 1));
		const answers = await sequence.evaluateAmong(
			asked.map((token, index) => ({ token, others: tokens.slice(start + index + 1, start + index + 2) })),
		);
		for (const [index, answer] of answers.entries()) {
			const written = tokens[start + index + 1];
			const probability = answer.find(({ token }) => token === written)?.probability ?? 0;
			losses.push(-Math.log(Math.max(probability, 1e-9)));
			choices.push(answer[0]?.token);
		}
	}
	return { losses, choices };
}
