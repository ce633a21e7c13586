/** So many times as long as at the start, on average, and others need the processor. */
const busyAbove = 1.8;
/** Below it nobody does. What lies between is no reason to change anything. */
const calmBelow = 1.3;
/** More than this a single piece of work does not count for: a machine that slept is not busy. */
const worst = 4;
/** The weight of the last piece of work in the average. Two very slow ones in a row are enough. */
const weight = 0.25;

/** Calm needed before threads are given back; after a failed attempt twice as long, up to the longest. Milliseconds. */
const shortestCalm = 10_000;
const longestCalm = 160_000;

/**
 * Says with how many threads to work. Threads that wait for each other at every step are as fast as the slowest, so that where
 * others need the processor fewer are faster. It judges by how long the work takes that is done anyway.
 */
export class ThreadGovernor {
	#threads: number;
	/** Time taken in proportion to what was to be expected. */
	#slowness = 1;
	#calmSince = -Infinity;
	#calmNeeded = shortestCalm;
	#raisedAt: number | undefined;

	/**
	 * @param most what the user or the machine allows.
	 * @param first to begin with.
	 */
	constructor(
		private readonly most: number,
		first = most,
	) {
		this.#threads = first;
	}

	get threads(): number {
		return this.#threads;
	}

	/**
	 * A piece of work has ended. Milliseconds.
	 * @param atPace what it would have taken with all threads and nobody else at work.
	 * @returns whether `threads` changed.
	 */
	observe({ atPace, took, now }: { readonly atPace: number; readonly took: number; readonly now: number }): boolean {
		if (atPace <= 0) {
			return false;
		}
		const expected = (atPace * this.most) / this.#threads;
		this.#slowness += weight * (Math.min(took / expected, worst) - this.#slowness);
		if (this.#slowness > busyAbove && this.#threads > 1) {
			this.#lower(now);
			return true;
		}
		if (this.#slowness >= calmBelow) {
			this.#calmSince = now;
		} else if (this.#threads < this.most && now - this.#calmSince >= this.#calmNeeded) {
			this.#change(Math.min(this.most, this.#threads * 2), now);
			this.#raisedAt = now;
			return true;
		}
		return false;
	}

	#lower(now: number): void {
		if (this.#raisedAt !== undefined) {
			const isFailure = now - this.#raisedAt < this.#calmNeeded;
			this.#calmNeeded = isFailure ? Math.min(longestCalm, this.#calmNeeded * 2) : shortestCalm;
			this.#raisedAt = undefined;
		}
		this.#change(Math.floor(this.#threads / 2), now);
	}

	#change(threads: number, now: number): void {
		this.#threads = threads;
		this.#slowness = 1;
		this.#calmSince = now;
	}
}
