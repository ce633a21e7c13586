import type { Clock } from './clock';

interface Timer {
	readonly at: number;
	/** Timers for the same moment go off in the order in which they were set. */
	readonly order: number;
	readonly goOff: () => void;
}

/**
 * A clock that moves only when everything waits for it. What happens in between takes no time, so the same program runs the
 * same way on each machine, however busy.
 */
export class VirtualClock implements Clock {
	#now = 0;
	#order = 0;
	readonly #timers = new Set<Timer>();
	readonly #held = new Set<Promise<unknown>>();

	now(): number {
		return this.#now;
	}

	sleep(milliseconds: number): Promise<void> {
		return new Promise(resolve => {
			this.after(milliseconds, resolve);
		});
	}

	/** @returns takes the timer back. */
	after(milliseconds: number, goOff: () => void): () => void {
		const timer = { at: this.#now + Math.max(0, milliseconds), order: this.#order++, goOff };
		this.#timers.add(timer);
		return () => {
			this.#timers.delete(timer);
		};
	}

	/** Stands still until work outside this thread is done. */
	async hold<T>(work: Promise<T>): Promise<T> {
		this.#held.add(work);
		try {
			return await work;
		} finally {
			this.#held.delete(work);
		}
	}

	/** Lets time pass until no timer is left or `until` is reached. */
	async run(until = Infinity): Promise<void> {
		for (;;) {
			await settle();
			while (this.#held.size > 0) {
				await Promise.allSettled(this.#held);
				await settle();
			}
			const next = this.#next();
			if (next === undefined || next.at > until) {
				return;
			}
			this.#timers.delete(next);
			this.#now = next.at;
			next.goOff();
		}
	}

	#next(): Timer | undefined {
		let first: Timer | undefined;
		for (const timer of this.#timers) {
			if (first === undefined || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) {
				first = timer;
			}
		}
		return first;
	}
}

/** Until every promise that can go on has gone on: Node does all such work before its next turn. */
function settle(): Promise<void> {
	return new Promise(resolve => {
		setImmediate(resolve);
	});
}
