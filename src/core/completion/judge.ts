import type { CodeScanner } from '../postprocess/codeScanner';
import { postprocess } from '../postprocess/pipeline';
import type { GateRuling } from '../taste/taste';
import type { CompletionAnswer, CompletionQuery } from './completionEngine';
import type { CompletionOutcome, CompletionRequest } from './completionRequest';

/** An answer and what the gate made of it; no gate for who asks by hand: they get one, however unsure the model is. */
export interface Asking {
	readonly query: CompletionQuery;
	readonly answer: CompletionAnswer;
	readonly gate: GateRuling | undefined;
}

/** What to make of an answer: the part that the gate lets through, as the filters leave it. */
export function judge({ document }: CompletionRequest, asking: Asking, scanner?: CodeScanner): CompletionOutcome {
	const { answer, gate } = asking;
	const text = gate === undefined ? answer.text : gate.text;
	if (text === undefined) {
		return { kind: 'silence', because: 'the model is not sure enough', ...asking };
	}
	const { shown, steps } = postprocess(
		{ text, replaceAfter: 0 },
		{ ...document, stopReason: stopReasonOf(answer, text), scanner },
	);
	const trail = { ...asking, candidate: text };
	return shown === undefined
		? { kind: 'silence', because: `nothing was left after: ${steps.map(({ name }) => name).join(', ')}`, ...trail }
		: { kind: 'suggestion', source: 'model', suggestion: shown, ...trail };
}

/** Why the text that the filters get ends there: where the gate has cut, it was the gate and not what stopped the engine. */
export function stopReasonOf(answer: CompletionAnswer, candidate: string): string | undefined {
	return candidate === answer.text ? answer.stopReason : undefined;
}
