import { once } from 'node:events';

/** Lets completions go first: explaining and reading files wait in front of each step while a completion is wanted. */
export class Turns {
	readonly #idle = new EventTarget();
	#completions = 0;

	async completion<T>(work: () => Promise<T>): Promise<T> {
		this.#completions++;
		try {
			return await work();
		} finally {
			this.#completions--;
			if (this.#completions === 0) {
				this.#idle.dispatchEvent(new Event('idle'));
			}
		}
	}

	/** Resolves when no completion is wanted. Rejects with an AbortError when the signal aborts first. */
	async free(signal: AbortSignal): Promise<void> {
		signal.throwIfAborted();
		while (this.#completions > 0) {
			await once(this.#idle, 'idle', { signal });
		}
	}
}
