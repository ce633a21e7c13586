import type { Disposable } from '../../core/util/disposable';

/** How often a working engine is asked whether it lives, and how long it may take to say so. Milliseconds. */
export interface HeartbeatOptions {
	readonly intervalMs: number;
	/** Until the first sign, an answer to anything: the process starts, and reads its modules. */
	readonly startMs: number;
	/** From one sign to the next. */
	readonly timeoutMs: number;
}

/**
 * Ten seconds: the engine answers between slices of tens of milliseconds, and loading is asynchronous, so only a
 * process that is stuck (or a machine that is swapping itself to death) stays silent for so long. To start takes a second of
 * processor time, for which a process may wait long on a busy machine: ten seconds and more were seen at a load of 8.
 */
export const defaultHeartbeat: HeartbeatOptions = { intervalMs: 2000, startMs: 60_000, timeoutMs: 10_000 };

/** For an engine that steps behind all others, or is waited for by nobody at a keyboard: what is slow is not hung. */
export const patientHeartbeat: HeartbeatOptions = { intervalMs: 2000, startMs: 180_000, timeoutMs: 180_000 };

/**
 * Asks an engine whether it lives for as long as somebody waits for it; an idle engine is left alone, so that idle
 * costs nothing. `onHung` is called at most once.
 */
export class Heartbeat implements Disposable {
	#waiting = 0;
	#timer: NodeJS.Timeout | undefined;
	#lastSign = 0;
	#lastBeat = 0;
	#hasAnswered = false;

	constructor(
		private readonly ping: () => Promise<unknown>,
		private readonly onHung: () => void,
		private readonly options: HeartbeatOptions,
	) {}

	/** Watches while `work` is under way. */
	async during<T>(work: Promise<T>): Promise<T> {
		this.#waiting++;
		this.#start();
		try {
			const result = await work;
			this.#hasAnswered = true;
			return result;
		} finally {
			this.#waiting--;
			if (this.#waiting === 0) {
				this.dispose();
			}
		}
	}

	dispose(): void {
		clearInterval(this.#timer);
		this.#timer = undefined;
	}

	#start(): void {
		if (this.#timer !== undefined) {
			return;
		}
		this.#lastSign = this.#lastBeat = performance.now();
		this.#timer = setInterval(() => {
			this.#beat();
		}, this.options.intervalMs);
	}

	#beat(): void {
		const now = performance.now();
		const { intervalMs } = this.options;
		const patience = this.#hasAnswered ? this.options.timeoutMs : this.options.startMs;
		if (now - this.#lastBeat > intervalMs + patience / 2) {
			// It was this process that stood still (a debugger, a sleeping machine): the answer may wait to be read.
			this.#lastSign = now;
		}
		this.#lastBeat = now;
		if (now - this.#lastSign > patience) {
			this.dispose();
			this.onHung();
			return;
		}
		this.ping().then(
			() => {
				this.#lastSign = performance.now();
				this.#hasAnswered = true;
			},
			() => undefined, // a dead engine is reported by its exit, which carries the reason
		);
	}
}
