import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import type { CompletionOutcome, CompletionRequest } from '../../../../src/core/completion/completionRequest';
import { CompletionService } from '../../../../src/core/completion/completionService';
import { JoiningEngine } from '../../../../src/core/completion/joiningEngine';
import { RestWatch } from '../../../../src/core/completion/restWatch';
import { EngineError, isAbort } from '../../../../src/core/engine/engineError';
import { defaultSettings } from '../../../../src/core/settings/settings';
import { StormEngine } from './stormEngine';
import type { StormFile } from './stormFile';
import { VirtualClock } from './virtualClock';

/** The wait of VS Code between a change and its request. */
const editorWaitMs = 50;

/** VS Code and the adapters of `extension/completion`, as far as they ask and cancel: one request for each change. */
export class StormEditor {
	readonly clock = new VirtualClock();
	readonly engine = new StormEngine(this.clock);
	/** Requests and preparations that have not settled. */
	outstanding = 0;
	shown = 0;
	/** Changes, moves of the cursor, requests by hand and deaths of the engine. */
	events = 0;
	failures = 0;
	#ghost: { readonly file: StormFile; readonly version: number; readonly text: string } | undefined;
	readonly service = new CompletionService(
		new JoiningEngine(this.engine, callback => this.clock.after(150, callback)),
		undefined,
		callback => this.clock.after(300, callback),
	);
	readonly #closed = new AbortController();
	readonly #rest = new RestWatch(this.clock.after, rest => {
		this.#track(this.service.settle(this.#request('automatic'), rest, this.#closed.signal));
	});
	/** What no request may end with. */
	readonly #wrong: unknown[] = [];
	#cancel = new AbortController();
	#waiting: { dispose(): void } | undefined;

	/** @param check told what is about to be shown, and where. */
	constructor(
		public file: StormFile,
		private readonly check: (request: CompletionRequest, text: string) => void,
	) {}

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
			this.service.anticipate(this.#request('automatic'));
		}
		this.#waiting = this.clock.after(editorWaitMs, () => {
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
		await this.clock.pass(10_000);
		assert.deepEqual(this.#wrong, []);
		const left = { outstanding: this.outstanding, running: this.engine.running, timers: this.clock.pending };
		assert.deepEqual(left, { outstanding: 0, running: 0, timers: 0 });
		assert.equal(getEventListeners(this.#closed.signal, 'abort').length, 0);
	}

	async #complete(trigger: 'automatic' | 'manual', signal: AbortSignal): Promise<void> {
		const { file } = this;
		const request = this.#request(trigger);
		const outcome: CompletionOutcome = await this.service.complete(request, signal);
		assert.equal(signal.aborted, false, 'what was cancelled is not shown');
		if (outcome.kind === 'suggestion') {
			const { suggestion } = outcome;
			this.shown++;
			this.check(request, suggestion.text);
			this.#ghost = { file, version: file.version, text: suggestion.text };
			this.#track(this.service.lookAhead(request, suggestion, this.#closed.signal));
		}
	}

	#request(trigger: 'automatic' | 'manual'): CompletionRequest {
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
