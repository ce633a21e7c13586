import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import type { CompletionEngine } from '../../../../src/core/completion/completionEngine';
import type {
	CompletionOutcome,
	CompletionRequest,
	Suggestion,
} from '../../../../src/core/completion/completionRequest';
import { CompletionService } from '../../../../src/core/completion/completionService';
import { RestWatch } from '../../../../src/core/completion/restWatch';
import { EngineError, isAbort } from '../../../../src/core/engine/engineError';
import { defaultSettings } from '../../../../src/core/settings/settings';
import type { Disposable } from '../../../../src/core/util/disposable';
import type { StormFile } from './stormFile';

/** The wait of VS Code between a change and its request. */
const editorWaitMs = 50;

/** The environment of the editor: time that passes, and an engine that may be killed. */
export interface StormWorld {
	readonly engine: CompletionEngine;
	/** Calls back after so many milliseconds. */
	readonly after: (milliseconds: number, callback: () => void) => Disposable;
	pass(milliseconds: number): Promise<void>;
	/** The machine sleeps so long. */
	sleep(milliseconds: number): Promise<void>;
	kill(): void;
	/** Waits until everything has come to an end that will, or for long enough. */
	rest(isAtRest: () => boolean): Promise<void>;
	/** Counts of work that is not finished. All are 0 at rest. */
	left(): Readonly<Record<string, number>>;
}

/** VS Code and the adapters of `extension/completion`, as far as they ask and cancel: one request for each change. */
export class StormEditor {
	/** Requests and preparations that have not settled. */
	outstanding = 0;
	shown = 0;
	/** Changes, moves of the cursor, requests by hand and deaths of the engine. */
	events = 0;
	failures = 0;
	#ghost: { readonly file: StormFile; readonly version: number; readonly text: string } | undefined;
	readonly service: CompletionService;
	readonly #closed = new AbortController();
	readonly #rest: RestWatch;
	/** Errors with which no request may end. */
	readonly #wrong: unknown[] = [];
	#cancel = new AbortController();
	#waiting: { dispose(): void } | undefined;

	/** @param check told what is about to be shown, and where. */
	constructor(
		public file: StormFile,
		readonly world: StormWorld,
		private readonly check: (request: CompletionRequest, suggestion: Suggestion) => void,
	) {
		this.service = new CompletionService(world.engine, undefined, callback => world.after(300, callback));
		this.#rest = new RestWatch(world.after, rest => {
			this.#track(this.service.settle(this.request('automatic'), rest, this.#closed.signal));
		});
	}

	/** The ghost text; empty where there is none. */
	get onScreen(): string {
		const { file, version, text } = this.#ghost ?? { file: undefined, version: 0, text: '' };
		return file === this.file && version === file.version ? text : '';
	}

	/** The text or the cursor has changed: what was asked for before is of no interest. */
	changed(change: 'typed' | 'other'): void {
		this.events++;
		this.#cancel.abort();
		this.#ghost = undefined;
		this.#rest.moved();
		this.#waiting?.dispose();
		if (change === 'typed') {
			this.service.anticipate(this.request('automatic'));
		}
		this.#waiting = this.world.after(editorWaitMs, () => {
			this.ask('automatic');
		});
	}

	ask(trigger: 'automatic' | 'manual'): void {
		this.#cancel.abort();
		this.#cancel = new AbortController();
		this.#track(this.#complete(trigger, this.#cancel.signal));
	}

	/** Lets all come to rest, and looks for what is left over. */
	async rest(): Promise<void> {
		const left = (): Readonly<Record<string, number>> => ({
			outstanding: this.outstanding,
			listeners: getEventListeners(this.#closed.signal, 'abort').length,
			...this.world.left(),
		});
		const isAtRest = (): boolean => Object.values(left()).every(count => count === 0);
		await this.world.rest(isAtRest);
		assert.deepEqual(this.#wrong, []);
		assert.ok(isAtRest(), `at work after all has come to rest: ${JSON.stringify(left())}`);
	}

	async #complete(trigger: 'automatic' | 'manual', signal: AbortSignal): Promise<void> {
		const { file } = this;
		const request = this.request(trigger);
		const outcome: CompletionOutcome = await this.service.complete(request, signal);
		assert.equal(signal.aborted, false, 'what was cancelled is not shown');
		if (outcome.kind === 'suggestion') {
			const { suggestion } = outcome;
			this.shown++;
			this.check(request, suggestion);
			this.#ghost = { file, version: file.version, text: suggestion.text };
			this.#track(this.service.lookAhead(request, suggestion, this.#closed.signal));
		}
	}

	/** The request at the cursor. */
	request(trigger: 'automatic' | 'manual'): CompletionRequest {
		const { file } = this;
		const permission = { settings: defaultSettings, isSnoozed: false, isPrivate: false };
		return { ...permission, document: file.snapshot(), pieces: () => [], isSelecting: file.cursors > 1, trigger };
	}

	#track(work: Promise<void>): void {
		this.outstanding++;
		work
			.catch((error: unknown) => {
				if (EngineError.is(error, 'engine-exited')) {
					this.failures++;
				} else if (!isAbort(error)) {
					this.#wrong.push(error);
				}
			})
			.finally(() => this.outstanding--);
	}
}
