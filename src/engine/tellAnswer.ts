import type { TokenId } from '../core/prompt/tokenizer';
import type { NextToken } from './engineModel';

/** The native part's answer for one position: the chosen next token and, where asked for, the logits of some tokens. */
export interface NativeAnswer {
	readonly token?: TokenId | null;
	readonly logits?: ReadonlyMap<TokenId, number>;
	/** The sum of all tokens' weights relative to the heaviest, whose probability is thus its inverse. */
	readonly totalLogitWeight?: number;
}

/** `logits` must include the most probable token. Where none were asked for, the result is the chosen token alone. */
export function nextTokensFrom(answer: NativeAnswer, isEnd: (token: TokenId) => boolean): readonly NextToken[] {
	const { token, logits, totalLogitWeight = Infinity } = answer;
	const told = logits === undefined ? [[token ?? undefined, 0] as const] : [...logits];
	const highest = Math.max(...told.map(([, logit]) => logit));
	return told.map(([next, logit]) => {
		const probability = Math.exp(logit - highest) / totalLogitWeight;
		return {
			token: next === undefined || isEnd(next) ? undefined : next,
			probability: probability >= 0 && probability <= 1 ? probability : 0,
		};
	});
}
