import { gateAt, type GateAt } from '../taste/adaptiveGate';
import type { Taste } from '../taste/taste';
import type { CompletionQuery } from './completionEngine';
import type { CompletionRequest } from './completionRequest';
import { candidateCounts } from './candidateRanking';
import { blockTokens, chooseExtent } from './extent';
import { openScope, type ScopeEnd, type SyntaxScope } from './syntaxScope';
import { probabilityFloor } from './thresholds';

/** Most tokens generated: a long line, a short block. At 3.3 characters a token these are 100 and 400 characters. */
export const maxTokens = { line: 32, block: 120 } as const;

export interface Question {
	readonly query: CompletionQuery;
	/** The gate that the answer has to pass; `undefined` for a request by hand. */
	readonly gate: GateAt | undefined;
}

/** One that will be answered, and who will tell where the answer leaves its scope. */
export interface OpenQuestion extends Question {
	readonly endOf: ScopeEnd;
}

/** Builds the query for the model from a request and the user's taste. */
export function questionOf(request: CompletionRequest, taste: Taste): Question {
	const { document, settings, trigger, model } = request;
	const level = settings['completion.confidence'];
	const gate = trigger === 'manual' ? undefined : gateAt(document, { level, model }, taste.state);
	const liking = taste.likesSeveralLines(document.languageId);
	const extent = chooseExtent(document, { lines: settings['completion.lines'], liking });
	const { path, languageId, prefix, suffix } = document;
	const query = {
		path,
		languageId,
		prefix,
		suffix,
		pieces: request.pieces(),
		extent,
		maxTokens: extent === 'line' ? maxTokens.line : blockTokens(maxTokens.block, liking),
		probabilityFloor: gate === undefined ? 0 : probabilityFloor(gate),
		...(trigger === 'manual' && { candidates: candidateCounts.manual }),
	};
	return { query, gate };
}

/** @param scope begins to read the document. */
export function openQuestion(request: CompletionRequest, taste: Taste, scope: SyntaxScope | undefined): OpenQuestion {
	const question = questionOf(request, taste);
	return { ...question, endOf: openScope(scope, request, question.query) };
}
