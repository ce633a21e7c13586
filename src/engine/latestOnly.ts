/** Runs one task at a time. A newer task aborts the running one and starts when that has let go. */
export class LatestOnly {
	#current = new AbortController();
	#tail: Promise<unknown> = Promise.resolve();

	/** Rejects with the reason of `outer`, or with an AbortError when a newer task took over. */
	run<T>(task: (signal: AbortSignal) => Promise<T>, outer: AbortSignal): Promise<T> {
		this.#current.abort();
		const controller = new AbortController();
		this.#current = controller;
		const signal = AbortSignal.any([controller.signal, outer]);
		const result = this.#tail.then(() => {
			signal.throwIfAborted();
			return task(signal);
		});
		this.#tail = result.catch(() => undefined);
		return result;
	}

	/** Aborts what runs and waits until it has let go. */
	async close(): Promise<void> {
		this.#current.abort();
		await this.#tail;
	}
}
