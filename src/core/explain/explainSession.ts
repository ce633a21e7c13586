import type { EngineStopReason } from '../completion/stopReason';
import type { EngineErrorCode } from '../engine/engineError';
import { assertNever } from '../util/assertNever';
import { chosenSentence, confidenceInWords, sentenceConfidence } from './confidence';
import type { Evidence } from './evidence';
import type { RankedSentence } from './sentence/chooseSentence';
import { visibleControls } from './visibleControls';

/** One explanation, from the command to its end. `subject` names the code before the evidence does. */
export type ExplainState =
	| { readonly kind: 'gathering'; readonly subject: string }
	/** Evidence is shown; the model loads or reads. */
	| { readonly kind: 'waiting'; readonly evidence: Evidence }
	| {
			readonly kind: 'streaming';
			readonly evidence: Evidence;
			readonly prose: string;
			/** The first of several sentences: a better one may take its place. */
			readonly isDraft?: boolean | undefined;
	  }
	/** The evidence is all there will be: the model cannot write prose. */
	| ({ readonly kind: 'unavailable'; readonly evidence: Evidence } & Unable)
	/** The file is ignored or may hold secrets: no model sees it. */
	| { readonly kind: 'withheld'; readonly evidence: Evidence }
	| { readonly kind: 'nothing'; readonly subject: string }
	| ({ readonly kind: 'cancelled' } & Remains)
	| ({ readonly kind: 'failed'; readonly message: string; readonly code: EngineErrorCode } & Remains)
	| {
			readonly kind: 'done';
			readonly evidence: Evidence;
			readonly prose: string;
			/** A sentence; empty when there is nothing to judge. */
			readonly confidence: string;
			/** The answer stopped at a limit and not at its end. */
			readonly isCut: boolean;
			/** One sentence by a small model: the evidence says more and comes first. */
			readonly isSentence: boolean;
	  };

/** A model that cannot explain, and where there is more to say than that, why. */
interface Unable {
	readonly model: string;
	readonly because?: string | undefined;
}

/** What there was when an explanation ended early. */
interface Remains {
	readonly subject: string;
	readonly evidence: Evidence | undefined;
	readonly prose: string;
}

/** Why the answer ended, as far as the panel cares; the engine's other reasons end a completion. */
export interface ExplainAnswer {
	readonly text: string;
	readonly probabilities: readonly number[];
	readonly stopReason: EngineStopReason;
	/** Of a model that writes comments. */
	readonly candidates?: readonly RankedSentence[] | undefined;
}

export type ExplainEvent =
	| { readonly kind: 'started'; readonly subject: string }
	| { readonly kind: 'gathered'; readonly evidence: Evidence | undefined }
	| { readonly kind: 'text'; readonly text: string; readonly isDraft?: boolean | undefined }
	/** Of several that were tried, the one that is to be shown. */
	| { readonly kind: 'sentence'; readonly text: string }
	| ({ readonly kind: 'unavailable' } & Unable)
	| { readonly kind: 'withheld' }
	| { readonly kind: 'cancelled' }
	| { readonly kind: 'failed'; readonly message: string; readonly code: EngineErrorCode }
	/** `sentenceFloor`: of a model that writes one sentence. */
	| { readonly kind: 'answered'; readonly answer: ExplainAnswer; readonly sentenceFloor?: number | undefined };

/** The next state. An event that no longer fits (text after a cancel) changes nothing. */
export function reduceExplain(state: ExplainState, event: ExplainEvent): ExplainState {
	if (event.kind === 'started') {
		return { kind: 'gathering', subject: event.subject };
	}
	return isRunning(state) ? whileRunning(state, event) : state;
}

function whileRunning(state: ExplainState, event: Exclude<ExplainEvent, { kind: 'started' }>): ExplainState {
	switch (event.kind) {
		case 'gathered':
			return state.kind === 'gathering' ? afterGathering(state.subject, event.evidence) : state;
		case 'text':
			return withText(state, event);
		case 'sentence':
			return withSentence(state, event.text);
		case 'unavailable':
		case 'withheld':
			return state.kind === 'waiting' || state.kind === 'streaming' ? { ...event, evidence: state.evidence } : state;
		case 'cancelled':
			return { kind: 'cancelled', ...remainsOf(state) };
		case 'failed':
			return { kind: 'failed', message: event.message, code: event.code, ...remainsOf(state) };
		case 'answered':
			return afterAnswer(state, event.answer, event.sentenceFloor);
		default:
			return assertNever(event);
	}
}

export function isRunning(state: ExplainState): boolean {
	return state.kind === 'gathering' || state.kind === 'waiting' || state.kind === 'streaming';
}

export function evidenceOf(state: ExplainState): Evidence | undefined {
	return 'evidence' in state ? state.evidence : undefined;
}

export function proseOf(state: ExplainState): string {
	return 'prose' in state ? state.prose : '';
}

function afterGathering(subject: string, evidence: Evidence | undefined): ExplainState {
	return evidence === undefined ? { kind: 'nothing', subject } : { kind: 'waiting', evidence };
}

function withText(state: ExplainState, { text, isDraft }: Extract<ExplainEvent, { kind: 'text' }>): ExplainState {
	if (state.kind !== 'waiting' && state.kind !== 'streaming') {
		return state;
	}
	return {
		kind: 'streaming',
		evidence: state.evidence,
		prose: proseOf(state) + visibleControls(text),
		...(isDraft === true && { isDraft }),
	};
}

function withSentence(state: ExplainState, text: string): ExplainState {
	if (state.kind !== 'waiting' && state.kind !== 'streaming') {
		return state;
	}
	const { evidence } = state;
	return {
		kind: 'done',
		evidence,
		prose: visibleControls(text),
		confidence: chosenSentence,
		isCut: false,
		isSentence: true,
	};
}

/** The answer's own text is the truth: an event of the stream may have been lost with a restart of the engine. */
function afterAnswer(state: ExplainState, answer: ExplainAnswer, floor: number | undefined): ExplainState {
	if (state.kind !== 'waiting' && state.kind !== 'streaming') {
		return state;
	}
	return {
		kind: 'done',
		evidence: state.evidence,
		prose: visibleControls(answer.text),
		confidence: confidenceOf(answer.probabilities, floor),
		isCut: answer.stopReason !== 'end-of-generation',
		isSentence: floor !== undefined,
	};
}

function confidenceOf(probabilities: readonly number[], floor: number | undefined): string {
	return floor === undefined ? confidenceInWords(probabilities) : sentenceConfidence(probabilities, floor);
}

function remainsOf(state: ExplainState): Remains {
	const evidence = evidenceOf(state);
	const subject = 'subject' in state ? state.subject : (evidence?.path ?? '');
	// A draft that was not compared with others is not worth keeping.
	const isDraft = state.kind === 'streaming' && state.isDraft === true;
	return { subject, evidence, prose: isDraft ? '' : proseOf(state) };
}
