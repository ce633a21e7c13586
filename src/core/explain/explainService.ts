import { EngineError, isAbort, type EngineErrorCode } from '../engine/engineError';
import type { Evidence } from './evidence';
import { noneFits, withoutSentence } from './confidence';
import { chooseSentence, sentenceStart } from './sentence/chooseSentence';
import type { CommentQuestion } from './sentence/sentenceQuestion';
import { explainQuestion, type AskedModel, type ExplainQuestion } from './explainQuestion';
import { isRunning, reduceExplain, type ExplainAnswer, type ExplainEvent, type ExplainState } from './explainSession';

/** The model that would explain, as far as explaining cares. */
export interface ExplainModel extends AskedModel {
	readonly name: string;
	readonly canExplain: boolean;
	/** Why not, as a sentence for the user. */
	readonly cannotExplain?: string | undefined;
}

export interface ExplainEngine {
	/** The model that would explain, loaded if need be. Throws `EngineError`, or the signal's reason. */
	explainer(signal: AbortSignal): Promise<ExplainModel>;
	/** Streams text as it comes and resolves with all of it. Throws `EngineError`, or the signal's reason. */
	explain(question: ExplainQuestion, onText: (text: string) => void, signal: AbortSignal): Promise<ExplainAnswer>;
}

export interface ExplainRequest {
	/** Names the code until the evidence does: `src/a.ts, lines 3–9`. */
	readonly subject: string;
	/** Undefined when there is nothing to explain. */
	gather(signal: AbortSignal): Promise<Evidence | undefined>;
	/** False when the file is ignored or may hold secrets. */
	mayAskModel(): Promise<boolean> | boolean;
}

export interface ExplainListener {
	changed(state: ExplainState, event: ExplainEvent): void;
	/** Told once of each failure, for the log; the user sees the state. */
	failed(error: unknown): void;
}

interface Running {
	readonly dispatch: (event: ExplainEvent) => void;
	readonly signal: AbortSignal;
}

/** Runs one explanation at a time; a newer one ends the older. Every failure ends in a state, never in a rejection. */
export class ExplainService {
	#state: ExplainState | undefined;
	#request: ExplainRequest | undefined;
	#controller = new AbortController();

	constructor(
		private readonly engine: ExplainEngine,
		private readonly listener: ExplainListener,
	) {}

	/** The latest explanation; undefined before the first. */
	get state(): ExplainState | undefined {
		return this.#state;
	}

	async explain(request: ExplainRequest): Promise<void> {
		this.#controller.abort();
		const controller = new AbortController();
		this.#controller = controller;
		this.#request = request;
		const { signal } = controller;
		// Whatever an ended run still reports is no longer about what is shown.
		const dispatch = (event: ExplainEvent) => {
			if (this.#controller === controller) {
				this.#dispatch(event);
			}
		};
		try {
			await this.#run(request, dispatch, signal);
		} catch (error) {
			if (signal.aborted || isAbort(error)) {
				dispatch({ kind: 'cancelled' });
				return;
			}
			this.listener.failed(error);
			dispatch({ kind: 'failed', ...describe(error) });
		}
	}

	/** Does nothing before the first explanation. */
	async rerun(): Promise<void> {
		if (this.#request !== undefined) {
			await this.explain(this.#request);
		}
	}

	/** Shown at once, whenever the engine gets to it. */
	cancel(): void {
		if (this.#state !== undefined && isRunning(this.#state)) {
			this.#dispatch({ kind: 'cancelled' });
		}
		this.#controller.abort();
	}

	async #run(request: ExplainRequest, dispatch: (event: ExplainEvent) => void, signal: AbortSignal): Promise<void> {
		dispatch({ kind: 'started', subject: request.subject });
		const evidence = await request.gather(signal);
		signal.throwIfAborted();
		dispatch({ kind: 'gathered', evidence });
		if (evidence === undefined) {
			return;
		}
		if (!(await request.mayAskModel())) {
			dispatch({ kind: 'withheld' });
			return;
		}
		signal.throwIfAborted();
		const model = await this.engine.explainer(signal);
		signal.throwIfAborted();
		if (!model.canExplain) {
			const because = model.cannotExplain === undefined ? {} : { because: model.cannotExplain };
			dispatch({ kind: 'unavailable', model: model.name, ...because });
			return;
		}
		const question = explainQuestion(evidence, model);
		if ('because' in question) {
			dispatch({ kind: 'unavailable', model: model.name, because: question.because });
			return;
		}
		if ('marker' in question) {
			await this.#comment(question, { model, evidence, dispatch, signal });
			return;
		}
		const onText = (text: string) => {
			dispatch({ kind: 'text', text });
		};
		const { sentenceFloor } = model;
		// A sentence is there in a moment; whether it is shown as a guess is known at its end.
		const listen = sentenceFloor === undefined ? onText : () => undefined;
		const answer = await this.engine.explain(question, listen, signal);
		signal.throwIfAborted();
		dispatch({ kind: 'answered', answer, sentenceFloor });
	}

	/** The first sentence is shown while others are tried; then the best, or none. */
	async #comment(
		question: CommentQuestion,
		{ model, evidence, dispatch, signal }: Running & { readonly model: ExplainModel; readonly evidence: Evidence },
	): Promise<void> {
		dispatch({ kind: 'text', text: sentenceStart(question.subject), isDraft: true });
		const answer = await this.engine.explain(
			question,
			text => {
				dispatch({ kind: 'text', text, isDraft: true });
			},
			signal,
		);
		signal.throwIfAborted();
		const chosen = chooseSentence(answer.candidates ?? [], evidence, question.subject);
		if (chosen === undefined) {
			dispatch({ kind: 'unavailable', model: model.name, because: withoutSentence(noneFits) });
			return;
		}
		dispatch({ kind: 'sentence', text: chosen });
	}

	#dispatch(event: ExplainEvent): void {
		const before = this.#state ?? { kind: 'gathering', subject: '' };
		const after = reduceExplain(before, event);
		if (after !== this.#state) {
			this.#state = after;
			this.listener.changed(after, event);
		}
	}
}

/** An `EngineError` brings its own sentence; anything else is a bug, and the log is the way forward. */
function describe(error: unknown): { message: string; code: EngineErrorCode } {
	if (EngineError.is(error)) {
		return { message: error.message, code: error.code };
	}
	return {
		message: 'The explanation failed for a reason Sotto did not expect. The log has the details.',
		code: 'internal',
	};
}
