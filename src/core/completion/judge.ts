import type { CodeScanner } from '../postprocess/codeScanner';
import { emptiedBy, postprocess, type FilterStep } from '../postprocess/pipeline';
import type { GateRuling } from '../taste/taste';
import type { CompletionAnswer, CompletionQuery } from './completionEngine';
import type { CompletionOutcome, CompletionRequest } from './completionRequest';
import type { Silence } from './silenceReasons';
import type { StopReason } from './stopReason';
import type { ScopeEnd } from './syntaxScope';

/** An answer and the gate's ruling on it. A request by hand has no gate: it gets an answer, however unsure the model is. */
export interface JudgedAnswer {
	readonly query: CompletionQuery;
	readonly answer: CompletionAnswer;
	readonly gate: GateRuling | undefined;
	readonly endOf: ScopeEnd;
}

/** The outcome for an answer: the part that passes the gate, after the filters. */
export async function judge(
	{ document, trigger }: CompletionRequest,
	{ query, answer, gate, endOf }: JudgedAnswer,
	scanner?: CodeScanner,
): Promise<CompletionOutcome> {
	const text = gate === undefined ? answer.text : gate.text;
	if (text === undefined) {
		return { kind: 'silence', ...refusal(answer, gate), query, answer, gate };
	}
	const scopeEnd = await endOf(text);
	const { shown, steps } = postprocess(
		{ text, replaceAfter: 0 },
		{
			...document,
			stopReason: stopReasonOf({ answer, scopeEnd }, text),
			scopeEnd,
			isWanted: trigger === 'manual',
			scanner,
		},
	);
	const trail = { query, answer, gate, candidate: text, steps, ...(scopeEnd !== undefined && { scopeEnd }) };
	return shown === undefined
		? { kind: 'silence', ...nothingLeft(text, steps), ...trail }
		: { kind: 'suggestion', source: 'model', suggestion: shown, ...trail };
}

function refusal(answer: CompletionAnswer, gate: GateRuling | undefined): Silence {
	if (answer.tokens.every(({ text }) => text.trim() === '')) {
		return { stage: 'model', reason: 'empty-answer' };
	}
	if (gate?.isHeldBack === true) {
		return { stage: 'gate', reason: 'learned' };
	}
	return { stage: 'gate', reason: gate?.meanProbability === undefined ? 'unsure-token' : 'unsure-line' };
}

function nothingLeft(candidate: string, steps: readonly FilterStep[]): Silence {
	const filter = emptiedBy(steps);
	return candidate.trim() === '' || filter === undefined
		? { stage: 'model', reason: 'empty-answer' }
		: { stage: 'filters', reason: filter };
}

interface Ending {
	readonly answer: Pick<CompletionAnswer, 'text' | 'stopReason'>;
	readonly scopeEnd?: number | undefined;
}

/** Why the text that the filters get ends there: where syntax ends it, or the gate did, it was not what stopped the engine. */
export function stopReasonOf({ answer, scopeEnd = Infinity }: Ending, candidate: string): StopReason | undefined {
	if (scopeEnd < candidate.length) {
		return 'end-of-block';
	}
	return candidate === answer.text ? answer.stopReason : undefined;
}
