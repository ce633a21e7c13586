import type { FromParser } from './messages';

/** The questions that a thread has not answered yet. */
export class Questions {
	#last = 0;
	/** Who waits, by question. */
	readonly #waiting = new Map<number, (answer: FromParser | undefined) => void>();
	/** Unanswered ones, whoever still waits. */
	#owed = 0;
	#silentSince = 0;

	/** By the clock of `performance.now`, since when nothing was heard of a thread that owes an answer; else `undefined`. */
	get silentSince(): number | undefined {
		return this.#owed > 0 ? this.#silentSince : undefined;
	}

	/** Asks, and waits so many milliseconds: `undefined` where there is no answer by then. */
	ask(post: (question: number) => void, patienceMs: number): Promise<FromParser | undefined> {
		const question = ++this.#last;
		if (this.#owed === 0) {
			this.#silentSince = performance.now();
		}
		this.#owed++;
		post(question);
		return new Promise(resolve => {
			const timer = setTimeout(() => {
				this.#settle(question, undefined);
			}, patienceMs);
			this.#waiting.set(question, answer => {
				clearTimeout(timer);
				resolve(answer);
			});
		});
	}

	hear(answer: FromParser): void {
		this.#owed--;
		this.#silentSince = performance.now();
		this.#settle(answer.question, answer);
	}

	/** The thread is gone: nobody waits any longer. */
	giveUp(): void {
		this.#owed = 0;
		for (const question of [...this.#waiting.keys()]) {
			this.#settle(question, undefined);
		}
	}

	#settle(question: number, answer: FromParser | undefined): void {
		const tell = this.#waiting.get(question);
		this.#waiting.delete(question);
		tell?.(answer);
	}
}
