import type { TokenId } from '../core/prompt/tokenizer';
import type { NextToken } from './engineModel';

/** What the native side says behind a token: the chosen next one, and where asked for, the logits of some. */
export interface NativeAnswer {
	readonly token?: TokenId | null;
	readonly logits?: ReadonlyMap<TokenId, number>;
	/** The sum of all tokens' weights relative to the heaviest, whose probability is thus its inverse. */
	readonly totalLogitWeight?: number;
}

/** The most probable token must be among them; it is the only one where no others were asked for. */
export function tellAll(answer: NativeAnswer, isEnd: (token: TokenId) => boolean): readonly NextToken[] {
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
