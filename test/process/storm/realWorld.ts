import { setTimeout as delay } from 'node:timers/promises';
import { EngineError } from '../../../src/core/engine/engineError';
import type { Disposable } from '../../../src/core/util/disposable';
import { EngineHost } from '../../../src/node/engine/engineHost';
import { descendants } from '../../../scripts/workbench/processes';
import { nanoModel } from '../../support/gguf';
import type { StormWorld } from '../../unit/completion/storm/stormEditor';
import { engineEntry } from '../engineRig';

/** Longest wait for all to come to rest: several starts of the engine on a busy machine. Milliseconds. */
const patience = 90_000;

/** The user restarts an engine that stays down after so long. Milliseconds. */
const untilRestart = 1000;

/** The built engine with sotto-nano. */
export function startHost(onState: (host: EngineHost) => void = () => undefined): EngineHost {
	const host: EngineHost = new EngineHost({
		entry: engineEntry,
		choice: () => ({ complete: nanoModel, explain: nanoModel, threads: 1 }),
		onState: () => {
			onState(host);
		},
		onLog: () => undefined,
	});
	return host;
}

/** The engine's own process, which really dies, and a clock that really runs, but for sleep: then what the host reads off it jumps. */
export class RealWorld implements StormWorld, Disposable {
	readonly engine = startHost(({ state }) => {
		if (state.kind === 'failed') {
			this.after(untilRestart, () => {
				this.#restart();
			});
		}
	});
	kills = 0;
	restarts = 0;
	/** False where the engine is to live on, for its memory to be watched. */
	mayKill = true;
	readonly #now = performance.now.bind(performance);
	#slept = 0;
	/** Timers that the storm did not start, such as a test's own limit. */
	#timers = 0;

	/** @param haste by how much waits are shorter than users' are. */
	constructor(private readonly haste: number) {
		performance.now = () => this.#now() + this.#slept;
	}

	/** Before anything happens. */
	async begin(): Promise<void> {
		await delay(0);
		this.#timers = timers();
	}

	readonly after = (milliseconds: number, callback: () => void): Disposable => {
		const timer = setTimeout(callback, milliseconds / this.haste);
		return {
			dispose: () => {
				clearTimeout(timer);
			},
		};
	};

	async pass(milliseconds: number): Promise<void> {
		await delay(milliseconds / this.haste);
	}

	async sleep(milliseconds: number): Promise<void> {
		this.#slept += milliseconds;
		await delay(0);
	}

	kill(): void {
		for (const pid of this.mayKill ? engines() : []) {
			this.kills++;
			process.kill(pid, 'SIGKILL');
		}
	}

	async rest(isAtRest: () => boolean): Promise<void> {
		for (const start = this.#now(); !isAtRest() && this.#now() - start < patience;) {
			await delay(20);
		}
	}

	left(): Readonly<Record<string, number>> {
		const isUp = this.engine.state.kind === 'ready';
		return {
			timers: timers() - this.#timers,
			engines: engines().length - Number(isUp),
			down: Number(!isUp && this.engine.state.kind !== 'stopped'),
		};
	}

	dispose(): void {
		performance.now = this.#now;
		this.engine.dispose();
	}

	#restart(): void {
		this.restarts++;
		this.engine.restart().catch((error: unknown) => {
			if (!EngineError.is(error, 'engine-exited')) {
				throw error;
			}
		});
	}
}

function timers(): number {
	return process.getActiveResourcesInfo().filter(name => name === 'Timeout').length;
}

/** Process ids of those that this process has started. A zombie has no command line. */
function engines(): readonly number[] {
	return descendants(process.pid).flatMap(({ pid, command }) => (command.includes(engineEntry) ? [pid] : []));
}
