import type { CompletionEngine } from '../../../src/core/completion/completionEngine';
import type { ScoredToken } from '../../../src/core/completion/confidence';
import { baselineEngine } from '../../../src/core/evaluation/baselines/baselineEngine';

/** Every token that the model is sure of, and every other one. */
const near = { certain: 0.97, guess: 0.05 } as const;

/** The white space before a word, or in front of a line, is one token with it. */
const token = /\n[ \t]*| ?[\p{L}\p{N}_]+|\s|[^\s\p{L}\p{N}_]/gu;

/** Says `text` token by token until a stop rule ends it, sure of what begins with `sureOf`. */
export function scriptedEngine(text: string, sureOf = text): CompletionEngine {
	return baselineEngine(() => tokensOf(text, sureOf.length));
}

function* tokensOf(text: string, sureLength: number): Iterable<ScoredToken> {
	for (const { 0: part, index } of text.matchAll(token)) {
		yield { text: part, probability: index < sureLength ? near.certain : near.guess };
	}
}
