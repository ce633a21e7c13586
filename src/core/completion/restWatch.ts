import type { Disposable } from '../util/disposable';

/** How long the user has to rest until there is time for … Milliseconds. */
export const rests = {
	/** … reading what the next key will need: longer than most pauses within a line. */
	settle: 300,
	/** … bringing the prompt up to date, which is work lost when the user types on. */
	refresh: 3000,
} as const;

/** Tells once for a short and once for a long rest, and then nothing until something happens again. */
export class RestWatch implements Disposable {
	readonly #timers: Disposable[] = [];

	/** @param later calls back after so many milliseconds, unless disposed of. */
	constructor(
		private readonly later: (milliseconds: number, callback: () => void) => Disposable,
		private readonly onRest: (rest: keyof typeof rests) => void,
	) {}

	/** The user did something: the rest begins anew. */
	moved(): void {
		this.dispose();
		for (const rest of ['settle', 'refresh'] as const) {
			this.#timers.push(
				this.later(rests[rest], () => {
					this.onRest(rest);
				}),
			);
		}
	}

	/** The user is gone. */
	dispose(): void {
		for (const timer of this.#timers.splice(0)) {
			timer.dispose();
		}
	}
}
