import { setPriority } from 'node:os';
import type {
	CompletionAnswer,
	CompletionEngine,
	CompletionQuery,
	Written,
	WrittenToken,
} from '../../core/completion/completionEngine';
import { JoiningEngine } from '../../core/completion/joiningEngine';
import type { OpenFile } from '../../core/context/openFile';
import { EngineError } from '../../core/engine/engineError';
import type { EngineState } from '../../core/engine/engineState';
import type { ExplainQuestion } from '../../core/explain/explainQuestion';
import { TextShare } from '../../core/prior/textShare';
import { abortable } from '../../core/util/abortable';
import type { Disposable } from '../../core/util/disposable';
import { errorMessage } from '../../core/util/errorMessage';
import type { EventBody, ExplanationResult, ModelInfo, ModelRole, Params } from '../../protocol/engineContract';
import type { EngineClient } from '../../protocol/engineClient';
import { startEngineProcess, type EngineProcess } from './engineProcess';
import { EngineSupervisor } from './engineSupervisor';
import type { HeartbeatOptions } from './heartbeat';

/** Which models to run, and how. Asked anew at each start of the engine. */
export interface EngineChoice extends Omit<Params<'model/load'>, 'role' | 'path'> {
	/** Absolute paths of GGUF files; `explain` may be the same as `complete`. */
	readonly complete: string;
	readonly explain: string;
}

export interface EngineHostOptions {
	/** Absolute path of `engine.mjs`. */
	readonly entry: string;
	choice(): EngineChoice;
	readonly onState: (state: EngineState) => void;
	readonly onLog: (entry: EventBody<'log'>) => void;
	/** The priority of the process, as `nice` counts: 0 is normal, 19 is the lowest. */
	readonly niceness?: number;
	/** How patient to be with it. A process that steps behind others may get no time for long. */
	readonly heartbeat?: HeartbeatOptions;
}

/** Loading is shared by all who wait for it, so that none of them may end it. */
const never = new AbortController().signal;

/** The editor asks again 50 ms after a key press; with some room for a busy host. Milliseconds. */
const lingering = 150;

/** The engine ended: the next one is told all anew. */
function forgotten(error: unknown): void {
	if (!EngineError.is(error)) {
		throw error;
	}
}

function later(callback: () => void): Disposable {
	const timer = setTimeout(callback, lingering);
	return {
		dispose: () => {
			clearTimeout(timer);
		},
	};
}

/** The engine as the rest of the host sees it: a supervised process that completes and explains. */
export class EngineHost implements CompletionEngine, Disposable {
	readonly #supervisor: EngineSupervisor;
	/** The models that each running engine has loaded. An entry goes with its process. */
	readonly #loaded = new WeakMap<EngineClient, Map<ModelRole, Promise<ModelInfo>>>();
	/** Request id → who hears each token of its answer. */
	readonly #listeners = new Map<number, (token: WrittenToken) => void>();
	/** The open files that each running engine has, and those that it should have. */
	readonly #shares = new WeakMap<EngineClient, TextShare>();
	#files: readonly OpenFile[] = [];
	readonly #joining = new JoiningEngine({ complete: (...call) => this.#run(...call) }, later);
	#nextRequest = 1;

	constructor(private readonly options: EngineHostOptions) {
		this.#supervisor = new EngineSupervisor({
			launch: () => this.#launch(),
			load: async client => {
				const model = await this.#load(client, 'complete', this.options.choice().complete);
				this.#tell(client).catch(forgotten);
				return model;
			},
			onState: options.onState,
			...(options.heartbeat && { heartbeat: options.heartbeat }),
		});
	}

	get state(): EngineState {
		return this.#supervisor.state;
	}

	/**
	 * A cancelled completion goes on for a moment, for the next one to join it if it follows by typing.
	 * @throws EngineError `model-cannot-complete` for a model without fill-in-the-middle tokens.
	 */
	complete(
		query: CompletionQuery,
		signal: AbortSignal,
		onProgress?: (soFar: Written) => void,
	): Promise<CompletionAnswer> {
		return this.#joining.complete(query, signal, onProgress);
	}

	/** Begins on what will be asked for in a moment. Starts no engine: that is for requests that somebody waits for. */
	begin(query: CompletionQuery): void {
		if (this.state.kind === 'ready') {
			this.#joining.begin(query);
		}
	}

	/**
	 * The files that may say beside the model what comes next, best first, in place of those shared before. An engine that is
	 * started later is told then. Settles when a running engine has read them; completions need not wait for it.
	 */
	async share(files: readonly OpenFile[]): Promise<void> {
		this.#files = files;
		const { kind } = this.state;
		if (kind !== 'stopped' && kind !== 'failed') {
			await this.#supervisor.use(client => this.#tell(client), never);
		}
	}

	/** The model that would explain, loaded if it is not yet. Look at its `canExplain` before asking it to. */
	explainer(signal: AbortSignal): Promise<ModelInfo> {
		return this.#supervisor.use(client => abortable(this.#loadExplainer(client), signal), signal);
	}

	/** Streams the explanation to `onText` and returns the whole. Call `explainer` first. */
	async explain(
		question: ExplainQuestion,
		onText: (text: string) => void,
		signal: AbortSignal,
	): Promise<ExplanationResult> {
		const requestId = this.#nextRequest++;
		return this.#supervisor.use(async client => {
			const listener = client.on('explanation/text', event => {
				if (event.requestId === requestId) {
					onText(event.text);
				}
			});
			try {
				const asked = 'messages' in question ? { ...question, messages: [...question.messages] } : question;
				return await client.call('explanation/run', { ...asked, requestId }, signal);
			} finally {
				listener.dispose();
			}
		}, signal);
	}

	/** Resident memory of the engine process, the model included. Bytes. */
	async residentBytes(signal: AbortSignal): Promise<number> {
		return (await this.#supervisor.call('engine/ping', {}, signal)).residentBytes;
	}

	restart(): Promise<void> {
		return this.#supervisor.restart();
	}

	stop(): Promise<void> {
		return this.#supervisor.stop();
	}

	dispose(): void {
		this.#supervisor.dispose();
	}

	async #run(
		query: CompletionQuery,
		signal: AbortSignal,
		onToken: (token: WrittenToken) => void,
	): Promise<CompletionAnswer> {
		const requestId = this.#nextRequest++;
		this.#listeners.set(requestId, onToken);
		try {
			const { without = [], ...rest } = query;
			const params = { ...rest, requestId, pieces: [...query.pieces], without: [...without] };
			return await this.#supervisor.call('completion/run', params, signal);
		} finally {
			this.#listeners.delete(requestId);
		}
	}

	#tell(client: EngineClient): Promise<void> {
		const share = this.#shares.get(client) ?? new TextShare();
		this.#shares.set(client, share);
		return share.tell(this.#files, ({ changed, gone }) => {
			const files = changed.map(({ uri, path, text }) => ({ id: uri, path, text }));
			return client.call('texts/share', { changed: files, gone: [...gone] }, never);
		});
	}

	#launch(): EngineProcess {
		const engine = startEngineProcess(this.options.entry, message => {
			this.options.onLog({ level: 'debug', message });
		});
		this.#yield(engine.pid);
		engine.client.on('log', this.options.onLog);
		engine.client.on('completion/token', ({ requestId, token }) => {
			this.#listeners.get(requestId)?.(token);
		});
		return engine;
	}

	/** Steps behind other processes, where that is wished for. */
	#yield(pid: number | undefined): void {
		const { niceness = 0, onLog } = this.options;
		if (pid === undefined || niceness === 0) {
			return;
		}
		try {
			setPriority(pid, niceness);
		} catch (error) {
			const reason = errorMessage(error);
			onLog({ level: 'debug', message: `the engine keeps its priority: ${reason}` });
		}
	}

	async #loadExplainer(client: EngineClient): Promise<ModelInfo> {
		const { complete, explain } = this.options.choice();
		if (explain === complete) {
			const model = await this.#load(client, 'complete', complete);
			if (!model.canExplain) {
				return model;
			}
		}
		return this.#load(client, 'explain', explain);
	}

	#load(client: EngineClient, role: ModelRole, path: string): Promise<ModelInfo> {
		const loads = this.#loaded.get(client) ?? new Map<ModelRole, Promise<ModelInfo>>();
		this.#loaded.set(client, loads);
		const known = loads.get(role);
		if (known !== undefined) {
			return known;
		}
		const { threads, cacheFolder, paceFile } = this.options.choice();
		const load = client.call('model/load', { role, path, threads, cacheFolder, paceFile }, never);
		loads.set(role, load);
		load.catch(() => {
			loads.delete(role);
		});
		return load;
	}
}
