import type { CompletionAnswer } from '../../../src/core/completion/completionEngine';
import type { CompletionOutcome, CompletionRequest } from '../../../src/core/completion/completionRequest';
import { CompletionService } from '../../../src/core/completion/completionService';
import type { SyntaxScope } from '../../../src/core/completion/syntaxScope';
import type { CompletionRecord } from '../../../src/core/inspect/outcomeLog';
import { defaultSettings } from '../../../src/core/settings/settings';
import { atCursor } from '../../support/cursor';

export function requestAt(text: string, more: Partial<CompletionRequest> = {}): CompletionRequest {
	const document = { uri: 'file:///a.ts', path: 'src/a.ts', languageId: 'typescript', version: 1, ...atCursor(text) };
	const permission = { trigger: 'automatic', isSnoozed: false, isPrivate: false } as const;
	return { document, settings: defaultSettings, pieces: () => [], ...permission, ...more };
}

export function recordOf(
	request: CompletionRequest,
	outcome: CompletionRecord['outcome'],
	more: Partial<CompletionRecord> = {},
): CompletionRecord {
	const lines = request.document.prefix.split('\n');
	const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
	return { at: 1_000_000, request, position, outcome, milliseconds: 42, ...more };
}

/** An answer of a model: words and marks as tokens, the probabilities in turn, the last one for all the rest. */
export function answerOf(text: string, probabilities: readonly number[] = [0.99]): CompletionAnswer {
	const tokens = (text.match(/\w+|\W/g) ?? []).map((word, index) => ({
		text: word,
		probability: probabilities[Math.min(index, probabilities.length - 1)] ?? 0,
	}));
	const counts = { promptTokens: 9, reusedTokens: 4, evaluatedTokens: 5, generatedTokens: tokens.length };
	return { text, tokens, stopReason: 'end-of-line', ...counts, prefillMs: 3.25, decodeMs: 10 };
}

/** The record that the product itself makes of a request, with a model that says this. */
export async function recordedBy(
	service: CompletionService,
	request: CompletionRequest,
	more: Partial<CompletionRecord> = {},
): Promise<CompletionRecord> {
	const outcome: CompletionOutcome = await service.complete(request, new AbortController().signal);
	return recordOf(request, outcome, more);
}

export function serviceSaying(answer: CompletionAnswer, scope?: SyntaxScope): CompletionService {
	return new CompletionService({ complete: () => Promise.resolve(answer) }, undefined, undefined, scope);
}
