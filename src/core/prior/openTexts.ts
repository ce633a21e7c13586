import { TextIndex } from './textIndex';

/** A file that may be read. LF line ends. */
export interface OpenText {
	readonly id: string;
	/** As completions name it. */
	readonly path: string;
	readonly text: string;
}

/** The most text of all files together. UTF-16 units: some 220 000 lexemes of code, 4 MB; never more than 16 MB. */
const mostText = 800_000;
/** Text that is indexed between two pauses. UTF-16 units: some two milliseconds. */
const chunk = 32_768;

/** The texts of the open files, indexed piece by piece so that completions are not kept waiting. */
export class OpenTexts {
	/** The most recently changed last. */
	readonly #files = new Map<string, { readonly path: string; readonly index: TextIndex }>();
	/** Those that are being read: one that is removed or comes anew meanwhile is not kept. */
	readonly #reading = new Map<string, TextIndex>();

	get bytes(): number {
		return this.#all().reduce((sum, { index }) => sum + index.bytes, 0);
	}

	get ids(): readonly string[] {
		return [...this.#files.keys()];
	}

	/** Those of other files than the one named, the most recently changed last. */
	besides(path: string): readonly TextIndex[] {
		return this.#all().flatMap(file => (file.path === path ? [] : [file.index]));
	}

	/**
	 * Reads a file, in place of what was known of it. When there is too much, those are dropped that changed longest ago.
	 * @param pause called before each piece; throws to abandon, and then the file is unknown.
	 */
	async add({ id, path, text }: OpenText, pause: () => Promise<void>): Promise<void> {
		this.remove(id);
		const index = new TextIndex();
		this.#reading.set(id, index);
		for (let start = 0; start < Math.min(text.length, mostText);) {
			await pause();
			if (this.#reading.get(id) !== index) {
				return;
			}
			const lineStart = text.indexOf('\n', start + chunk) + 1;
			const end = Math.min(lineStart === 0 ? text.length : lineStart, mostText);
			index.append(text.slice(start, end));
			start = end;
		}
		this.#reading.delete(id);
		this.#files.set(id, { path, index });
		this.#dropOldest();
	}

	remove(id: string): void {
		this.#files.delete(id);
		this.#reading.delete(id);
	}

	#dropOldest(): void {
		let total = this.#all().reduce((sum, { index }) => sum + index.text.length, 0);
		for (const [id, { index }] of this.#files) {
			if (total > mostText) {
				total -= index.text.length;
				this.remove(id);
			}
		}
	}

	#all(): readonly { readonly path: string; readonly index: TextIndex }[] {
		return [...this.#files.values()];
	}
}
