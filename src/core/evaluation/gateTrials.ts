import type { CompletionAnswer } from '../completion/completionEngine';
import { cutByThreshold } from '../completion/confidence';
import { stopReasonOf } from '../completion/judge';
import { silenceReason } from '../completion/silence';
import { postprocess } from '../postprocess/pipeline';
import type { PlaceOfAnswer } from './filterTrials';
import { judge, type Judgement } from './judge';

/** The text that the gate lets through with `token` as the threshold for a token, before the threshold for the line. */
export interface GateTrial {
	readonly token: number;
	/** Geometric mean over the first line's tokens: shown where the threshold for the line is not above it. */
	readonly mean: number;
	/** The least of the first line's tokens. */
	readonly least: number;
	readonly judgement: Judgement;
}

/** Thresholds for a single token that are tried. */
export const tokenThresholds = [0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8] as const;

/**
 * The engine's answer with this floor, given its answer without one: decoding is greedy, so a floor does
 * nothing but end it earlier. The token that is refused is told, as the engine does. Of tokens behind the text, such as the
 * line end that ended it, nothing is known, so a floor above theirs goes unnoticed; the text is the same.
 */
export function answerAtFloor(answer: CompletionAnswer, floor: number): CompletionAnswer {
	const end = answer.tokens.findIndex(({ probability }) => probability < floor);
	if (end === -1) {
		return answer;
	}
	const text = answer.tokens
		.slice(0, end)
		.map(token => token.text)
		.join('');
	const tokens = answer.tokens.slice(0, end + 1);
	return { ...answer, text, tokens, generatedTokens: end, stopReason: 'low-probability' };
}

/** The gate at every token threshold, on one answer that was given without a gate; none where typing asks nobody. */
export function gateTrials(ungated: CompletionAnswer, document: PlaceOfAnswer, hidden: string): readonly GateTrial[] {
	if (silenceReason(document, 'automatic') !== undefined) {
		return [];
	}
	return tokenThresholds.flatMap(token => {
		const answer = answerAtFloor(ungated, token / 2);
		const cut = cutByThreshold(answer.tokens, { token, line: 0 });
		if (cut === undefined) {
			return [];
		}
		const stopReason = stopReasonOf({ answer, scopeEnd: document.scopeEnd }, cut.text);
		const { shown } = postprocess({ text: cut.text, replaceAfter: 0 }, { ...document, stopReason });
		if (shown === undefined) {
			return [];
		}
		const { meanProbability: mean, leastProbability: least } = cut;
		return [{ token, mean, least, judgement: judge(shown.text, hidden) }];
	});
}
