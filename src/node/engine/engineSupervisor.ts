import { setTimeout as delay } from 'node:timers/promises';
import { EngineError } from '../../core/engine/engineError';
import {
	reduceEngine,
	unstarted,
	type EngineEvent,
	type EngineState,
	type LoadedModel,
} from '../../core/engine/engineState';
import { abortable } from '../../core/util/abortable';
import type { Disposable } from '../../core/util/disposable';
import { errorMessage } from '../../core/util/errorMessage';
import type { MethodName, Params, Result } from '../../protocol/engineContract';
import type { EngineClient } from '../../protocol/engineClient';
import type { EngineProcess } from './engineProcess';
import { defaultHeartbeat, Heartbeat, type HeartbeatOptions } from './heartbeat';

export interface SupervisorOptions {
	launch(): EngineProcess;
	/** Loads the model that completions need. Its EngineError, if any, is what the user is told. */
	load(client: EngineClient): Promise<LoadedModel>;
	onState(state: EngineState): void;
	readonly heartbeat?: HeartbeatOptions;
}

const never = new AbortController().signal;

/**
 * Keeps one engine process alive: starts it at the first call, restarts it with back-off after a crash, gives up when
 * the crash budget is spent, ends one that hangs. All transitions are `reduceEngine`'s; this class only acts on them.
 */
export class EngineSupervisor implements Disposable {
	#life = unstarted;
	#running: Promise<Watched> | undefined;
	#process: EngineProcess | undefined;
	#stopping: Promise<void> = Promise.resolve();
	/** Counts stops, so that a start which was overtaken by one notices. */
	#generation = 0;
	readonly #disposed = new AbortController();

	constructor(private readonly options: SupervisorOptions) {}

	get state(): EngineState {
		return this.#life.state;
	}

	/** A call always settles: with the result, with `signal.reason`, or with an `EngineError`. */
	call<M extends MethodName>(method: M, params: Params<M>, signal: AbortSignal): Promise<Result<M>> {
		return this.use(client => client.call(method, params, signal), signal);
	}

	/** Runs `work` on a ready engine, starting one if there is none. The heartbeat watches until it settles. */
	async use<T>(work: (client: EngineClient) => Promise<T>, signal: AbortSignal): Promise<T> {
		const watched = await abortable(this.#ready(), signal);
		return watched.heartbeat.during(work(watched.engine.client));
	}

	/** Starts afresh: ends what runs, forgets crashes and refusals. */
	async restart(): Promise<void> {
		await this.stop();
		await this.#ready();
	}

	/** Ends the engine. The next call starts it again. */
	async stop(): Promise<void> {
		const process = this.#process;
		this.#generation++;
		this.#process = undefined;
		this.#running = undefined;
		if (process !== undefined) {
			this.#stopping = process.stop();
		}
		this.#apply({ kind: 'stop-requested' });
		await this.#stopping;
	}

	dispose(): void {
		this.#disposed.abort(new EngineError('engine-exited', 'Sotto was deactivated.'));
		// Whatever goes wrong while stopping ends in SIGKILL; there is nobody left to tell.
		this.stop().catch(() => undefined);
	}

	#ready(): Promise<Watched> {
		if (this.#disposed.signal.aborted) {
			return Promise.reject(this.#disposed.signal.reason as EngineError);
		}
		const { state } = this.#life;
		if (state.kind === 'failed') {
			return Promise.reject(new EngineError(state.code, state.reason));
		}
		this.#running ??= this.#start();
		return this.#running;
	}

	async #start(): Promise<Watched> {
		const { state } = this.#life;
		const generation = this.#generation;
		if (state.kind === 'restarting') {
			await delay(state.delayMs, undefined, { signal: this.#disposed.signal });
		}
		await this.#stopping;
		if (this.#generation !== generation) {
			throw overtaken();
		}
		this.#apply({ kind: 'start-requested' });
		const engine = this.#launch();
		this.#process = engine;
		void engine.ended.then(reason => {
			this.#onEnded(engine, reason);
		});
		const heartbeat = this.#heartbeat(engine);
		const model = await heartbeat.during(this.#load(engine));
		if (this.#process !== engine) {
			throw overtaken();
		}
		this.#apply({ kind: 'model-loaded', model });
		return { engine, heartbeat };
	}

	#launch(): EngineProcess {
		try {
			return this.options.launch();
		} catch (error) {
			this.#refuse(error);
			throw error;
		}
	}

	async #load(engine: EngineProcess): Promise<LoadedModel> {
		try {
			return await this.options.load(engine.client);
		} catch (error) {
			// An exit is a crash and counts against the budget; any other error is the model's, and a restart would not help.
			if (this.#process === engine && !EngineError.is(error, 'engine-exited')) {
				this.#process = undefined;
				this.#stopping = engine.stop();
				this.#refuse(error);
			}
			throw error;
		}
	}

	#refuse(error: unknown): void {
		this.#running = undefined;
		const code = EngineError.is(error) ? error.code : 'internal';
		this.#apply({ kind: 'model-refused', code, reason: errorMessage(error) });
	}

	#heartbeat(engine: EngineProcess): Heartbeat {
		const ping = (): Promise<unknown> => engine.client.call('engine/ping', {}, never);
		const onHung = (): void => {
			const reason = 'it stopped answering';
			engine.kill(reason);
			this.#onEnded(engine, reason); // at once: nobody shall be sent to it while it dies
		};
		return new Heartbeat(ping, onHung, this.options.heartbeat ?? defaultHeartbeat);
	}

	#onEnded(engine: EngineProcess, reason: string): void {
		if (this.#process !== engine) {
			return; // we ended it ourselves
		}
		this.#process = undefined;
		this.#running = undefined;
		this.#apply({ kind: 'process-ended', reason, at: performance.now() });
		if (this.#life.state.kind === 'restarting') {
			const restart = this.#start();
			this.#running = restart;
			restart.catch(() => {
				// The state tells the story of a failed restart; what is left is to let a later call try again.
				if (this.#running === restart) {
					this.#running = undefined;
				}
			});
		}
	}

	#apply(event: EngineEvent): void {
		const before = this.#life.state;
		this.#life = reduceEngine(this.#life, event);
		if (this.#life.state !== before) {
			this.options.onState(this.#life.state);
		}
	}
}

interface Watched {
	readonly engine: EngineProcess;
	readonly heartbeat: Heartbeat;
}

function overtaken(): EngineError {
	return new EngineError('engine-exited', 'The engine was stopped while it was starting.');
}
