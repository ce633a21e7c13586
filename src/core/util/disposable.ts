export interface Disposable {
	dispose(): void;
}

/** Owns disposables. Anything added after `dispose()` is disposed at once, so a late async step cannot leak. */
export class DisposableStore implements Disposable {
	readonly #items = new Set<Disposable>();
	#disposed = false;

	add<T extends Disposable>(item: T): T {
		if (this.#disposed) {
			item.dispose();
		} else {
			this.#items.add(item);
		}
		return item;
	}

	dispose(): void {
		this.#disposed = true;
		for (const item of [...this.#items].reverse()) {
			item.dispose();
		}
		this.#items.clear();
	}
}
