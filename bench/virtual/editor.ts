import type { VirtualClock } from '../clock/virtualClock';
import type { Moment } from '../traces/trace';

/** Before VS Code asks a provider that has no proposed API. Milliseconds. */
const debounce = 50;

export interface Ghost {
	readonly text: string;
	/** Known from before: the model was not asked. */
	readonly isRemembered: boolean;
}

/** Asked as VS Code asks its provider. */
export type Provider = (index: number, signal: AbortSignal) => Promise<Ghost | undefined>;

export interface EditorReport {
	/** From a key to ghost text of the model that answers it, where it came before the next key. Milliseconds. */
	readonly latencies: readonly number[];
	/** Keys that were answered from memory. */
	readonly remembered: number;
	/** Gaps between two keys that ended with a ghost text on screen. */
	readonly covered: number;
	/** Times that a ghost text gave way to a different one, or to none, without a key being pressed. */
	readonly flickers: number;
	/** Characters that were typed as the ghost text on screen said. */
	readonly agreed: number;
	/** Keys that typed what the ghost text on screen said, left some of it, and were followed by VS Code's question. */
	readonly continued: number;
	/** The part of `continued` that was answered without the engine. */
	readonly continuedFromMemory: number;
}

interface PressedKey {
	readonly index: number;
	/** Milliseconds of the clock. */
	readonly pressed: number;
	/** It typed what was shown, and some of that is still to come. */
	readonly isContinued: boolean;
}

/** VS Code and a user who types a trace: what stands behind the cursor at each moment. */
export class VirtualEditor {
	#ghost = '';
	#cancel = new AbortController();
	#index = -1;
	readonly #latencies: number[] = [];
	#remembered = 0;
	#covered = 0;
	#flickers = 0;
	#agreed = 0;
	#continued = 0;
	#continuedFromMemory = 0;

	constructor(
		private readonly clock: VirtualClock,
		private readonly provider: Provider,
	) {}

	/** Sets all keys of the trace on the clock, which is then to be run. @returns when the last one is pressed. */
	schedule(moments: readonly Moment[]): number {
		let at = 0;
		for (const [index, moment] of moments.entries()) {
			at += moment.event.gap;
			this.clock.after(at, () => {
				this.#press(index, moment);
			});
		}
		return at;
	}

	get report(): EditorReport {
		return {
			latencies: this.#latencies,
			remembered: this.#remembered,
			covered: this.#covered,
			flickers: this.#flickers,
			agreed: this.#agreed,
			continued: this.#continued,
			continuedFromMemory: this.#continuedFromMemory,
		};
	}

	#press(index: number, { event }: Moment): void {
		this.#covered += this.#ghost === '' ? 0 : 1;
		this.#cancel.abort();
		this.#cancel = new AbortController();
		this.#index = index;
		const typed = event.edit?.insert.slice(0, event.cursor - event.edit.at) ?? '';
		const goesOn = typed !== '' && event.edit?.remove === 0 && this.#ghost.startsWith(typed);
		this.#agreed += goesOn ? typed.length : 0;
		// VS Code keeps what agrees with the key.
		this.#ghost = goesOn ? this.#ghost.slice(typed.length) : '';
		const key = { index, pressed: this.clock.now(), isContinued: goesOn && this.#ghost !== '' };
		const { signal } = this.#cancel;
		this.clock.after(debounce, () => {
			void this.#ask(key, signal);
		});
	}

	async #ask({ index, pressed, isContinued }: PressedKey, signal: AbortSignal): Promise<void> {
		if (signal.aborted) {
			return;
		}
		const ghost = await this.provider(index, signal);
		if (isContinued) {
			this.#continued++;
			this.#continuedFromMemory += ghost?.isRemembered === true ? 1 : 0;
		}
		if (this.#index === index) {
			this.#show(ghost, pressed);
		}
	}

	#show(ghost: Ghost | undefined, pressed: number): void {
		const text = ghost?.text ?? '';
		if (ghost?.isRemembered === true) {
			this.#remembered++;
		} else if (this.#ghost === '' && text !== '') {
			this.#latencies.push(this.clock.now() - pressed);
		}
		if (this.#ghost !== '' && !text.startsWith(this.#ghost)) {
			this.#flickers++;
		}
		this.#ghost = text;
	}
}
