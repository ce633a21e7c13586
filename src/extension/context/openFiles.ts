import { longestOpenText, type OpenFile } from '../../core/context/openFile';
import { DisposableStore, type Disposable } from '../../core/util/disposable';
import { cellScheme, type Address } from './workspacePaths';

/** The members of a `vscode.TextDocument` that are used. */
export interface ReadableDocument {
	readonly uri: Address;
	readonly languageId: string;
	readonly version: number;
	readonly lineCount: number;
	lineAt(line: number): { readonly text: string };
}

type Listen = (listener: (document: ReadableDocument) => void) => Disposable;

/** The editor's documents; VS Code's in `contextFeature.ts`. */
export interface DocumentSource {
	all(): readonly ReadableDocument[];
	active(): ReadableDocument | undefined;
	/** Uris of the documents that a tab shows: others are open for some extension, not for the user. */
	inTabs(): ReadonlySet<string>;
	/** The path as the model sees it. */
	pathOf(uri: Address): string;
	readonly onOpened: Listen;
	readonly onClosed: Listen;
	readonly onActivated: Listen;
	readonly onEdited: Listen;
}

/** Files listed. */
const mostFiles = 20;

/**
 * The files that the user has open and Sotto may read. Nothing is read for a document whose version is known already, and
 * a document counts only once it is known that it may be read.
 */
export class OpenFiles implements Disposable {
	readonly #store = new DisposableStore();
	readonly #readable = new Map<string, Promise<void> | 'yes' | 'no'>();
	readonly #files = new Map<string, OpenFile>();
	/** Uris, most recently viewed or edited first. */
	#viewed: readonly string[] = [];

	constructor(
		private readonly source: DocumentSource,
		private readonly mayRead: (uri: Address) => Promise<boolean>,
		private readonly onChange: () => void = () => undefined,
	) {
		const view = (document: ReadableDocument): void => {
			const uri = document.uri.toString();
			this.#viewed = [uri, ...this.#viewed.filter(other => other !== uri)];
			this.#check(document);
			this.onChange();
		};
		this.#store.add(
			source.onOpened(document => {
				this.#check(document);
			}),
		);
		this.#store.add(source.onActivated(view));
		this.#store.add(
			source.onEdited(document => {
				// Each key press is an edit, mostly of the document that is first already.
				if (this.#viewed[0] !== document.uri.toString()) {
					view(document);
				}
			}),
		);
		this.#store.add(
			source.onClosed(document => {
				this.#drop(document.uri.toString());
				this.onChange();
			}),
		);
		const active = source.active();
		if (active !== undefined) {
			view(active);
		}
		this.recheck();
	}

	/** Most recently viewed first, then those that only have a tab; without the document asked for and its notebook's cells. */
	list(exceptUri: string): readonly OpenFile[] {
		const tabs = this.source.inTabs();
		const all = this.source.all();
		const notebook = all.find(({ uri }) => uri.scheme === cellScheme && uri.toString() === exceptUri)?.uri.path;
		const rank = ({ uri }: ReadableDocument): number => {
			const at = this.#viewed.indexOf(uri.toString());
			return at === -1 ? (tabs.has(uri.toString()) ? this.#viewed.length : Infinity) : at;
		};
		return all
			.filter(({ uri }) => uri.toString() !== exceptUri && this.#readable.get(uri.toString()) === 'yes')
			.filter(document => document.uri.path !== notebook && rank(document) !== Infinity)
			.toSorted((a, b) => rank(a) - rank(b))
			.slice(0, mostFiles)
			.map(document => this.#file(document));
	}

	/** After a change of the rules: until they are checked anew, no file counts. */
	recheck(): void {
		this.#readable.clear();
		this.onChange();
		for (const document of this.source.all()) {
			this.#check(document);
		}
	}

	/** Settles when all that is open has been checked. */
	async ready(): Promise<void> {
		await Promise.all([...this.#readable.values()].filter(state => typeof state === 'object'));
	}

	dispose(): void {
		this.#store.dispose();
		this.#readable.clear();
		this.#files.clear();
	}

	#check({ uri }: ReadableDocument): void {
		const key = uri.toString();
		if (this.#readable.has(key)) {
			return;
		}
		const settle = (answer: 'yes' | 'no'): void => {
			if (this.#readable.get(key) === check) {
				this.#readable.set(key, answer);
				this.onChange();
			}
		};
		const check: Promise<void> = this.mayRead(uri).then(
			isReadable => {
				settle(isReadable ? 'yes' : 'no');
			},
			() => {
				settle('no');
			},
		);
		this.#readable.set(key, check);
	}

	#drop(uri: string): void {
		this.#readable.delete(uri);
		this.#files.delete(uri);
		this.#viewed = this.#viewed.filter(other => other !== uri);
	}

	#file(document: ReadableDocument): OpenFile {
		const uri = document.uri.toString();
		const known = this.#files.get(uri);
		const { languageId, version } = document;
		if (known?.version === version && known.languageId === languageId) {
			return known;
		}
		const file = { uri, path: this.source.pathOf(document.uri), languageId, version, text: textOf(document) };
		this.#files.set(uri, file);
		return file;
	}
}

/** Line by line, so that a document of any size costs no more than what is taken of it. */
function textOf(document: ReadableDocument): string {
	const lines: string[] = [];
	let left = longestOpenText;
	for (let line = 0; line < document.lineCount && left > 0; line++) {
		const text = document.lineAt(line).text.slice(0, left);
		lines.push(text);
		left -= text.length + 1;
	}
	return lines.join('\n');
}
