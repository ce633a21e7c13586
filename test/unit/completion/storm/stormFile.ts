import type { DocumentSnapshot } from '../../../../src/core/text/documentSnapshot';

interface State {
	readonly text: string;
	readonly cursor: number;
}

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '"': '"', "'": "'" };

/** States kept for undo. */
const mostUndone = 60;

/** A file in an editor that closes brackets, types over them and indents. */
export class StormFile {
	version = 1;
	/** A second cursor types the same at the start of the file. */
	cursors = 1;
	#state: State;
	readonly #undone: State[] = [];
	readonly #done: State[] = [];

	constructor(
		readonly path: string,
		private readonly original: string,
	) {
		this.#state = { text: original, cursor: original.length };
	}

	snapshot(): DocumentSnapshot {
		const { text, cursor } = this.#state;
		const [prefix, suffix] = [text.slice(Math.max(0, cursor - 48_000), cursor), text.slice(cursor, cursor + 16_000)];
		return {
			uri: `file:///${this.path}`,
			path: this.path,
			languageId: 'typescript',
			version: this.version,
			prefix,
			suffix,
		};
	}

	/** Keys, as a user hits them. */
	type(keys: string): void {
		for (const key of Array.from(keys)) {
			const { text, cursor } = this.#state;
			const closer = closers[key] ?? '';
			if (')]}"\''.includes(key) && text.startsWith(key, cursor)) {
				this.#set({ text, cursor: cursor + 1 });
			} else if (key === '\n') {
				this.#enter();
			} else {
				this.insert(key, closer);
			}
		}
	}

	/** As pasting and accepting do: nothing is closed or indented. */
	insert(before: string, after = ''): void {
		const { text, cursor } = this.#state;
		const second = this.cursors > 1 ? before : '';
		this.#set({
			text: second + text.slice(0, cursor) + before + after + text.slice(cursor),
			cursor: second.length + cursor + before.length,
		});
	}

	/** Takes characters away on both sides of the cursor. */
	backspace(left: number, right = 0): void {
		const { text, cursor } = this.#state;
		const start = Math.max(0, cursor - left);
		this.#set({ text: text.slice(0, start) + text.slice(cursor + right), cursor: start });
	}

	/** @param to modulo the text's length. */
	jump(to: number): void {
		this.version++;
		this.#state = { ...this.#state, cursor: to % (this.#state.text.length + 1) };
	}

	undo(): void {
		this.#move(this.#done, this.#undone);
	}

	redo(): void {
		this.#move(this.#undone, this.#done);
	}

	/** The file is closed without saving, and opened again. */
	revert(): void {
		this.#set({ text: this.original, cursor: this.original.length });
	}

	#enter(): void {
		const { text, cursor } = this.#state;
		const line = text.slice(text.lastIndexOf('\n', cursor - 1) + 1, cursor);
		const indent = /^\s*/.exec(line)?.[0] ?? '';
		const isBetween = /[([{]$/.test(line) && /^[)\]}]/.test(text.slice(cursor));
		this.insert(`\n${indent}${/[([{]$/.test(line) ? '\t' : ''}`, isBetween ? `\n${indent}` : '');
	}

	#set(state: State): void {
		this.version++;
		this.#done.push(this.#state);
		this.#done.splice(0, this.#done.length - mostUndone);
		this.#undone.length = 0;
		this.#state = state;
	}

	#move(from: State[], to: State[]): void {
		const state = from.pop();
		if (state !== undefined) {
			this.version++;
			to.push(this.#state);
			this.#state = state;
		}
	}
}
