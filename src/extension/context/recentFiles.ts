import type { OpenFile } from '../../core/context/openFile';
import { DisposableStore, type Disposable } from '../../core/util/disposable';
import { remember } from '../../core/util/remember';
import type { ReadableDocument } from './openFiles';
import type { Address } from './workspacePaths';

/** A file as it is on disk. `stamp` changes with it. */
export interface StoredFile {
	readonly stamp: number;
	/** `undefined` where nothing has changed since the stamp that was asked with. LF line ends, bounded length. */
	readonly text: string | undefined;
}

export interface RecentFileSource {
	onOpened(listener: (document: ReadableDocument) => void): Disposable;
	onClosed(listener: (document: ReadableDocument) => void): Disposable;
	active(): ReadableDocument | undefined;
	onActivated(listener: (document: ReadableDocument) => void): Disposable;
	onEdited(listener: (document: ReadableDocument) => void): Disposable;
	pathOf(uri: Address): string;
	/** `undefined` for what is gone, too large or not text. */
	read(uri: Address, knownStamp: number | undefined): Promise<StoredFile | undefined>;
	mayRead(uri: Address): Promise<boolean>;
}

interface Recent {
	readonly address: Address;
	readonly languageId: string;
	readonly stamp: number | undefined;
	readonly file: OpenFile | undefined;
}

/** Files remembered. The work that somebody has just closed tells more than a list of the week. */
const mostFiles = 10;
const schemes: ReadonlySet<string> = new Set(['file', 'vscode-remote', 'vscode-vfs']);

/**
 * Files that the user has viewed or edited in this window and closed. Their text is that on disk, read while nobody types; it
 * counts only while the file may be read.
 */
export class RecentFiles implements Disposable {
	readonly #store = new DisposableStore();
	/** By uri, last closed last. */
	readonly #files = new Map<string, Recent>();
	/** Uris of open documents that the user looked at or edited; others are open for some extension. */
	readonly #viewed = new Set<string>();
	#version = 0;

	constructor(private readonly source: RecentFileSource) {
		const view = ({ uri }: ReadableDocument): void => {
			this.#viewed.add(uri.toString());
		};
		this.#store.add(source.onActivated(view));
		this.#store.add(source.onEdited(view));
		this.#store.add(
			source.onClosed(({ uri, languageId }) => {
				if (this.#viewed.delete(uri.toString()) && schemes.has(uri.scheme)) {
					const recent = { address: uri, languageId, stamp: undefined, file: undefined };
					remember<Recent>(this.#files, uri.toString(), recent, mostFiles);
				}
			}),
		);
		this.#store.add(
			source.onOpened(({ uri }) => {
				this.#files.delete(uri.toString());
			}),
		);
		const active = source.active();
		if (active !== undefined) {
			view(active);
		}
	}

	/** Last closed first; those that have been read. */
	list(exceptUri: string): readonly OpenFile[] {
		return [...this.#files.values()]
			.flatMap(({ file }) => (file === undefined || file.uri === exceptUri ? [] : [file]))
			.reverse();
	}

	/** Reads what is new or has changed on disk, and drops what is gone or may no longer be read. */
	async refresh(signal: AbortSignal): Promise<void> {
		for (const [uri, recent] of [...this.#files]) {
			const stored = (await this.source.mayRead(recent.address))
				? await this.source.read(recent.address, recent.stamp)
				: undefined;
			if (signal.aborted) {
				return;
			}
			if (this.#files.get(uri) === recent) {
				this.#settle(uri, recent, stored);
			}
		}
	}

	/** After a change of what may be read: nothing counts until it is checked anew. */
	forget(): void {
		for (const [uri, recent] of this.#files) {
			this.#files.set(uri, { ...recent, stamp: undefined, file: undefined });
		}
	}

	dispose(): void {
		this.#store.dispose();
		this.#files.clear();
	}

	#settle(uri: string, recent: Recent, stored: StoredFile | undefined): void {
		if (stored === undefined) {
			this.#files.delete(uri);
		} else if (stored.text !== undefined) {
			const { address, languageId } = recent;
			// Below zero, where no document's version is: the same file, open, is another text.
			const version = --this.#version;
			const path = this.source.pathOf(address);
			const file = { uri, path, languageId, version, text: stored.text, source: 'recent' } as const;
			this.#files.set(uri, { ...recent, stamp: stored.stamp, file });
		}
	}
}
