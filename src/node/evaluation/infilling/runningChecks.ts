/** Work that goes on beside the model, no more of it than so much at a time. */
export class RunningChecks {
	readonly #running = new Set<Promise<void>>();
	readonly #failures: unknown[] = [];

	constructor(private readonly most: number) {}

	/** Returns when there is room for the next. Throws what one that was added before has thrown. */
	async add(work: Promise<void>): Promise<void> {
		const watched = work
			.catch((error: unknown) => {
				this.#failures.push(error);
			})
			.finally(() => this.#running.delete(watched));
		this.#running.add(watched);
		if (this.#running.size >= this.most) {
			await Promise.race(this.#running);
		}
		this.#throwFirst();
	}

	/** Returns when all are done. Throws what one of them has thrown. */
	async all(): Promise<void> {
		await Promise.all(this.#running);
		this.#throwFirst();
	}

	#throwFirst(): void {
		if (this.#failures.length > 0) {
			throw this.#failures[0];
		}
	}
}
