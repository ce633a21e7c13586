import type * as vscode from 'vscode';
import type { CompletionEngine, ContextPiece } from '../../core/completion/completionEngine';
import type { CompletionOutcome, CompletionRequest } from '../../core/completion/completionRequest';
import { CompletionService } from '../../core/completion/completionService';
import type { SyntaxScope } from '../../core/completion/syntaxScope';
import { enabledSources, type EnabledSources } from '../../core/context/contextSource';
import { EngineError, isAbort } from '../../core/engine/engineError';
import { silenceLogLine } from '../../core/completion/silenceText';
import type { CompletionRecord } from '../../core/inspect/outcomeLog';
import type { StatsEvent } from '../../core/stats/completionStats';
import type { Taste } from '../../core/taste/taste';
import type { DocumentSnapshot } from '../../core/text/documentSnapshot';
import { cellScheme } from '../context/workspacePaths';
import { readSettings } from '../settings';
import { snapshotOf, textBeyond } from '../snapshot';
import { after } from '../timer';
import { AcceptanceListener } from './acceptanceListener';
import type { CompletionPlace, InlineCompletions } from './inlineCompletionProvider';
import type { Preparations } from './typingListener';

/**
 * How long to wait for the whole of an answer of several lines before its first line is shown alone. Milliseconds; with the
 * 50 that VS Code waits itself, a third of a second.
 */
const patienceMs = 300;

/** The parts of the editor that a completion needs. */
export interface CompletionSurroundings {
	/** Pieces of other files, best first, from the sources that are on. */
	pieces(document: DocumentSnapshot, sources: EnabledSources): readonly ContextPiece[];
	/** Text that stands before the document's own: earlier cells of a notebook. */
	textBefore(document: vscode.TextDocument, sources: EnabledSources): string;
	mayRead(uri: vscode.Uri): Promise<boolean> | boolean;
	isSnoozed(): boolean;
	/** Name of the running model, if there is one. */
	modelName(): string | undefined;
	/** The machine can spare what nobody waits for. */
	mayWorkAhead(): boolean;
}

export interface CompletionListener {
	onStats(event: StatsEvent): void;
	/** The engine is at work until the promise settles. */
	onWork(work: Promise<unknown>): void;
	/** Holds the user's code: to be kept in memory only. */
	onOutcome(record: CompletionRecord): void;
}

export interface CompletionParts {
	readonly engine: CompletionEngine;
	readonly taste: Taste;
	readonly scope: SyntaxScope;
}

/** Joins the core's service to the editor: where, with which settings, next to what, and what became of it. */
export class CompletionFeature implements InlineCompletions, Preparations, vscode.Disposable {
	readonly #service: CompletionService;
	readonly #closed = new AbortController();
	/** With the suggest widget open the editor asks for something else than what stands in the document. */
	#isWidgetOpen = false;
	readonly #acceptance: AcceptanceListener;

	constructor(
		{ engine, taste, scope }: CompletionParts,
		private readonly surroundings: CompletionSurroundings,
		private readonly listener: CompletionListener,
		private readonly log: vscode.LogOutputChannel,
	) {
		this.#service = new CompletionService(engine, taste, callback => after(patienceMs, callback), scope);
		this.#acceptance = new AcceptanceListener(event => {
			if (event.kind !== 'shown') {
				this.#service.accepted(event.kind === 'accepted' ? 'whole' : 'part');
			}
			listener.onStats(event);
		});
	}

	async complete(place: CompletionPlace, signal: AbortSignal): Promise<CompletionOutcome> {
		const start = performance.now();
		this.#isWidgetOpen = place.selected !== undefined;
		const request = await this.#request(place);
		signal.throwIfAborted();
		const work = this.#service.complete(this.#withPieces(request, place), signal);
		this.listener.onWork(work);
		const outcome = await this.#recorded(work, { request, position: place.position, start });
		this.#report(outcome, performance.now() - start);
		if (outcome.kind === 'suggestion' && !this.#isWidgetOpen && this.surroundings.mayWorkAhead()) {
			this.#inBackground(
				this.#service.lookAhead(this.#withPieces(request, place), outcome.suggestion, this.#closed.signal),
			);
		}
		return outcome;
	}

	async anticipate(place: CompletionPlace): Promise<void> {
		const request = this.#isWidgetOpen ? undefined : await this.#requestUnlessLate(place);
		if (request !== undefined) {
			this.#service.anticipate(this.#withPieces(request, place));
		}
	}

	async settle(place: CompletionPlace, rest: 'settle' | 'refresh'): Promise<void> {
		const request = this.surroundings.mayWorkAhead() ? await this.#requestUnlessLate(place) : undefined;
		if (request !== undefined) {
			this.#inBackground(this.#service.settle(this.#withPieces(request, place), rest, this.#closed.signal));
		}
	}

	/**
	 * `undefined` where the text was changed before it was known whether it may be read: beginning on what stands no longer
	 * there would end what somebody waits for.
	 */
	async #requestUnlessLate(place: CompletionPlace): Promise<CompletionRecord['request'] | undefined> {
		const { version } = place.document;
		const request = await this.#request(place);
		return place.document.version === version ? request : undefined;
	}

	async #request(place: CompletionPlace): Promise<CompletionRecord['request']> {
		const { settings } = readSettings(place.document);
		const isPrivate = !(await this.surroundings.mayRead(place.document.uri));
		const document = this.#snapshot(place, enabledSources(settings));
		const { trigger, isSelecting } = place;
		return {
			...{ document, settings, isPrivate, isSelecting, trigger },
			isSnoozed: this.surroundings.isSnoozed(),
			isPreview: place.selected !== undefined,
			model: this.surroundings.modelName(),
		};
	}

	/** With what is asked for only where the model is to be asked. */
	#withPieces(request: CompletionRecord['request'], place: CompletionPlace): CompletionRequest {
		const { document, settings } = request;
		return {
			...request,
			pieces: () => this.surroundings.pieces(document, enabledSources(settings)),
			beyond: () => beyond(document, place),
		};
	}

	/** Whatever becomes of it: what matters of a failure is told by the next request that somebody waits for. */
	#inBackground(work: Promise<void>): void {
		work.catch((error: unknown) => {
			if (!isAbort(error)) {
				this.log.debug('nothing prepared:', error);
			}
		});
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
		this.#closed.abort();
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
			this.log.debug(silenceLogLine(outcome));
			return;
		}
		const { source, suggestion, answer } = outcome;
		this.listener.onStats(source === 'memory' ? { kind: 'shown', source } : { kind: 'shown', source, latencyMs });
		const work = answer === undefined ? '' : `, evaluated ${answer.evaluatedTokens} of ${answer.promptTokens} tokens`;
		this.log.debug(`suggestion from ${source} after ${Math.round(latencyMs)} ms${work}`);
		this.log.trace(`suggestion: ${JSON.stringify(suggestion.text)}`);
	}
}

/**
 * `undefined` where the window is no longer of what stands in the editor. In a long cell of a notebook, too: earlier cells are
 * in front of what the window has of it, and what it lacks belongs between them.
 */
function beyond(
	{ version }: DocumentSnapshot,
	{ document, position, selected }: CompletionPlace,
): ReturnType<typeof textBeyond> {
	const { start, end } = selected?.range ?? { start: position, end: position };
	const text = document.version === version ? textBeyond(document, start, end) : undefined;
	return text?.before !== '' && document.uri.scheme === cellScheme ? undefined : text;
}
