import type { CompletionAnswer, CompletionEngine, CompletionQuery } from '../../completion/completionEngine';
import type { ScoredToken } from '../../completion/confidence';
import type { EngineStopReason } from '../../completion/stopReason';
import { StopRules } from '../../completion/stopRules';
import { dropBlankEnd } from '../../completion/stopText';

/** Yields a baseline's text for a place piece by piece, until it has no more. */
export type Predict = (query: CompletionQuery) => Iterable<ScoredToken>;

/** A baseline in the model's place: the same stop rules end what it writes, so the rest of the path is the same too. */
export function baselineEngine(predict: Predict): CompletionEngine {
	return { complete: query => Promise.resolve(answer(query, predict(query))) };
}

function answer(query: CompletionQuery, predicted: Iterable<ScoredToken>): CompletionAnswer {
	const rules = new StopRules(query);
	const tokens: ScoredToken[] = [];
	for (const token of predicted) {
		const verdict = rules.offer(token.text, token.probability);
		tokens.push(token);
		if (verdict !== undefined) {
			return answered(verdict.text, tokens, verdict.reason);
		}
	}
	return answered(dropBlankEnd(rules.text), tokens, 'end-of-generation');
}

/** The tokens of the text that is kept, the last one cut where the text ends, as the engine reports them. */
function answered(text: string, tokens: readonly ScoredToken[], stopReason: EngineStopReason): CompletionAnswer {
	const kept: ScoredToken[] = [];
	let left = text.length;
	for (const token of tokens) {
		if (left <= 0) {
			break;
		}
		kept.push({ ...token, text: token.text.slice(0, left) });
		left -= token.text.length;
	}
	const generatedTokens = kept.length;
	return { text, tokens: kept, stopReason, promptTokens: 0, reusedTokens: 0, evaluatedTokens: 0, generatedTokens };
}
