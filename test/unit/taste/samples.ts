import type { CompletionAnswer } from '../../../src/core/completion/completionEngine';
import type { ConfidenceLevel } from '../../../src/core/completion/thresholds';
import { gateAt, type GateAt } from '../../../src/core/taste/adaptiveGate';
import type { GateSample } from '../../../src/core/taste/logisticTaste';
import { noTaste, type TasteState } from '../../../src/core/taste/taste';
import { atCursor } from '../../support/cursor';
import { answerOf } from '../inspect/records';

interface Place {
	readonly text: string;
	readonly languageId: string;
	readonly level: ConfidenceLevel;
}

/** Nobody has measured it, so its table does not change with the models that are. */
export const someModel = 'some-model';

export function sampleOf(changes: Partial<GateSample> = {}): GateSample {
	return { surplus: 0, values: { always: 1 }, language: 'typescript', breakEven: 0.25, ...changes };
}

export function gateIn(
	state: TasteState = noTaste,
	{ text = 'a = ‸', languageId = 'typescript', level = 'balanced' }: Partial<Place> = {},
): GateAt {
	const document = { uri: 'file:///a', path: 'a', languageId, version: 1, ...atCursor(text) };
	return gateAt(document, { level, model: someModel }, state);
}

/** One line whose tokens are all as sure as this. */
export function lineOf(probability: number, text = 'value();'): CompletionAnswer {
	return answerOf(text, [probability]);
}
