import type * as vscode from 'vscode';
import type { CompletionEngine, ContextPiece } from '../../core/completion/completionEngine';
import { CompletionService, type CompletionOutcome } from '../../core/completion/completionService';
import { enabledSources, type EnabledSources } from '../../core/context/contextSource';
import { EngineError } from '../../core/engine/engineError';
import type { CompletionRecord } from '../../core/inspect/outcomeLog';
import type { StatsEvent } from '../../core/stats/completionStats';
import type { Taste } from '../../core/taste/taste';
import type { DocumentSnapshot } from '../../core/text/documentSnapshot';
import { readSettings } from '../settings';
import { snapshotOf } from '../snapshot';
import { AcceptanceListener } from './acceptanceListener';
import type { CompletionPlace, InlineCompletions } from './inlineCompletionProvider';

/** What a completion needs of its surroundings in the editor. */
export interface CompletionSurroundings {
	/** Pieces of other files, best first, from the sources that are on. */
	pieces(document: DocumentSnapshot, sources: EnabledSources): readonly ContextPiece[];
	/** Text that stands before the document's own: earlier cells of a notebook. */
	textBefore(document: vscode.TextDocument, sources: EnabledSources): string;
	mayRead(uri: vscode.Uri): Promise<boolean> | boolean;
	isSnoozed(): boolean;
	/** Of the model that runs, if one does. */
	modelName(): string | undefined;
}

export interface CompletionListener {
	onStats(event: StatsEvent): void;
	/** The engine is at work until the promise settles. */
	onWork(work: Promise<unknown>): void;
	/** Holds the user's code: to be kept in memory only. */
	onOutcome(record: CompletionRecord): void;
}

/** Joins the core's service to the editor: where, with which settings, next to what, and what became of it. */
export class CompletionFeature implements InlineCompletions, vscode.Disposable {
	readonly #service: CompletionService;
	readonly #acceptance: AcceptanceListener;

	constructor(
		{ engine, taste }: { readonly engine: CompletionEngine; readonly taste: Taste },
		private readonly surroundings: CompletionSurroundings,
		private readonly listener: CompletionListener,
		private readonly log: vscode.LogOutputChannel,
	) {
		this.#service = new CompletionService(engine, taste);
		this.#acceptance = new AcceptanceListener(event => {
			if (event.kind !== 'shown') {
				this.#service.accepted(event.kind === 'accepted' ? 'whole' : 'part');
			}
			listener.onStats(event);
		});
	}

	async complete(place: CompletionPlace, signal: AbortSignal): Promise<CompletionOutcome> {
		const start = performance.now();
		const { settings } = readSettings(place.document);
		const isPrivate = !(await this.surroundings.mayRead(place.document.uri));
		signal.throwIfAborted();
		const sources = enabledSources(settings);
		const document = this.#snapshot(place, sources);
		const isSnoozed = this.surroundings.isSnoozed();
		const isPreview = place.selected !== undefined;
		const { trigger, isSelecting } = place;
		const model = this.surroundings.modelName();
		const request = { document, settings, isSnoozed, isPrivate, isPreview, isSelecting, model, trigger };
		const pieces = (): readonly ContextPiece[] => this.surroundings.pieces(document, sources);
		const work = this.#service.complete({ ...request, pieces }, signal);
		this.listener.onWork(work);
		const outcome = await this.#recorded(work, { request, position: place.position, start });
		this.#report(outcome, performance.now() - start);
		return outcome;
	}

	async #recorded(
		work: Promise<CompletionOutcome>,
		asked: {
			readonly request: CompletionRecord['request'];
			readonly position: vscode.Position;
			readonly start: number;
		},
	): Promise<CompletionOutcome> {
		const { request, position, start } = asked;
		const record = (outcome: CompletionRecord['outcome']): void => {
			const milliseconds = performance.now() - start;
			this.listener.onOutcome({ at: Date.now(), request, position, outcome, milliseconds });
		};
		try {
			const outcome = await work;
			record(outcome);
			return outcome;
		} catch (error) {
			if (EngineError.is(error)) {
				record({ kind: 'failure', message: error.message });
			}
			throw error;
		}
	}

	offered(document: vscode.TextDocument, position: vscode.Position, text: string): number {
		return this.#acceptance.offered(document, position, text);
	}

	/** Forgets what was said: after a change of the model or of the settings. */
	forget(): void {
		this.#service.forget();
	}

	dispose(): void {
		this.#acceptance.dispose();
	}

	/** With a suggest widget open, the document is seen as if its selected entry were already there. */
	#snapshot({ document, position, selected }: CompletionPlace, sources: EnabledSources): DocumentSnapshot {
		const before = this.surroundings.textBefore(document, sources);
		const here = snapshotOf(document, selected?.range.end ?? position);
		const prefix =
			selected === undefined ? here.prefix : snapshotOf(document, selected.range.start).prefix + selected.text;
		return { ...here, prefix: before + prefix };
	}

	/** Never the user's code above trace. */
	#report(outcome: CompletionOutcome, latencyMs: number): void {
		if (outcome.kind === 'silence') {
			this.log.debug(`silent: ${outcome.because}`);
			return;
		}
		const { source, suggestion, answer } = outcome;
		this.listener.onStats(source === 'memory' ? { kind: 'shown', source } : { kind: 'shown', source, latencyMs });
		const work = answer === undefined ? '' : `, evaluated ${answer.evaluatedTokens} of ${answer.promptTokens} tokens`;
		this.log.debug(`suggestion from ${source} after ${Math.round(latencyMs)} ms${work}`);
		this.log.trace(`suggestion: ${JSON.stringify(suggestion.text)}`);
	}
}
