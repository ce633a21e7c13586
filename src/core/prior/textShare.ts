import type { OpenFile } from '../context/openFile';

/** Changes to send to the engine, so that it has the wanted files and no others. */
export interface ShareChanges {
	/** Best last. */
	readonly changed: readonly OpenFile[];
	/** Uris. */
	readonly gone: readonly string[];
}

/** Tracks which open files were sent to one engine. */
export class TextShare {
	readonly #told = new Map<string, number>();
	#telling: Promise<unknown> = Promise.resolve();

	/** Has `send` tell what has changed. Settles when that and all before has been read. */
	async tell(wanted: readonly OpenFile[], send: (changes: ShareChanges) => Promise<unknown>): Promise<void> {
		const changes = this.changesTo(wanted);
		if (changes !== undefined) {
			this.#telling = Promise.all([this.#telling, send(changes)]);
		}
		await this.#telling;
	}

	/**
	 * The changes to send; they count as sent from now on. `undefined` when there are none.
	 * @param wanted files that may be read, best first.
	 */
	changesTo(wanted: readonly OpenFile[]): ShareChanges | undefined {
		const uris = new Set(wanted.map(({ uri }) => uri));
		const gone = [...this.#told.keys()].filter(uri => !uris.has(uri));
		const changed = wanted.filter(({ uri, version }) => this.#told.get(uri) !== version).toReversed();
		for (const uri of gone) {
			this.#told.delete(uri);
		}
		for (const { uri, version } of changed) {
			this.#told.set(uri, version);
		}
		return gone.length + changed.length === 0 ? undefined : { changed, gone };
	}
}
