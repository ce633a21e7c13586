import type { Disposable } from '../../../../src/core/util/disposable';

interface Timer {
	readonly at: number;
	readonly callback: () => void;
}

/** Time that passes only when the test says so. Milliseconds. */
export class VirtualClock {
	now = 0;
	#timers: Timer[] = [];

	/** Timers that have not come due. */
	get pending(): number {
		return this.#timers.length;
	}

	readonly after = (milliseconds: number, callback: () => void): Disposable => {
		const timer = { at: this.now + milliseconds, callback };
		this.#timers.push(timer);
		return {
			dispose: () => {
				this.#timers = this.#timers.filter(other => other !== timer);
			},
		};
	};

	/** All that comes due happens in order, with what follows from it. */
	async pass(milliseconds: number): Promise<void> {
		const end = this.now + milliseconds;
		await settle();
		for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
			this.now = next.at;
			this.#fire(next);
			await settle();
		}
		this.now = end;
	}

	/** The machine sleeps: when it wakes up, everything is due at once. */
	async sleep(milliseconds: number): Promise<void> {
		this.now += milliseconds;
		for (let next = this.#next(this.now); next !== undefined; next = this.#next(this.now)) {
			this.#fire(next);
		}
		await settle();
	}

	#next(until: number): Timer | undefined {
		const due = this.#timers.filter(({ at }) => at <= until);
		return due.reduce<Timer | undefined>((first, timer) => (first && first.at <= timer.at ? first : timer), undefined);
	}

	#fire(timer: Timer): void {
		this.#timers = this.#timers.filter(other => other !== timer);
		timer.callback();
	}
}

/** Lets every promise that can settle do so. */
const settle = (): Promise<void> => new Promise(setImmediate);
