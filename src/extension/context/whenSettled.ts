import type { Disposable } from '../../core/util/disposable';

/**
 * Does something each time that a stream of events has been quiet for a while. A new event aborts what still runs. Without
 * events it costs nothing: there is no timer.
 */
export class WhenSettled implements Disposable {
	#timer: NodeJS.Timeout | undefined;
	#running: AbortController | undefined;

	/** @param quiet milliseconds. @param act must not reject but by its signal. */
	constructor(
		private readonly quiet: number,
		private readonly act: (signal: AbortSignal) => Promise<void>,
		private readonly onError: (error: unknown) => void,
	) {}

	poke(): void {
		this.#stop();
		this.#timer = setTimeout(() => {
			const running = new AbortController();
			this.#running = running;
			this.act(running.signal).catch((error: unknown) => {
				if (!running.signal.aborted) {
					this.onError(error);
				}
			});
		}, this.quiet);
	}

	dispose(): void {
		this.#stop();
	}

	#stop(): void {
		clearTimeout(this.#timer);
		this.#running?.abort();
	}
}
