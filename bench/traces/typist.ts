import type { Keystroke, TraceEvent } from './trace';

/** Human gaps: log-normal, longer after a word and much longer after a line. */
const medianGap = 140;
const spread = 0.5;
const backspaceShare = 0.04;
const acceptShare = 0.02;

const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Types into a text as a person with VS Code does: brackets are closed, lines indented, mistakes taken back. */
export class Typist {
	readonly events: TraceEvent[];
	#cursor = 0;

	/** @param random from 0 to 1. */
	constructor(
		file: string,
		private text: string,
		private readonly random: () => number,
	) {
		this.events = [{ kind: 'open', file, text }];
	}

	/** Goes to another file. */
	open(file: string, text: string): void {
		this.events.push({ kind: 'open', file, text });
		this.text = text;
		this.#cursor = 0;
	}

	/** Goes to the end of a line, counted from 0; before the first line for -1. */
	jumpToLine(line: number): void {
		const lines = this.text.split('\n').slice(0, line + 1);
		this.#move(lines.join('\n').length);
	}

	/** Takes away so many lines below the cursor's, in one go. */
	removeLines(count: number): void {
		const at = this.#cursor;
		const rest = this.text.slice(at + 1).split('\n');
		const remove = rest.slice(0, count).join('\n').length + 1;
		this.text = this.text.slice(0, at) + this.text.slice(at + remove);
		this.#say({ kind: 'backspace', edit: { at, remove, insert: '' }, cursor: at });
	}

	/** Goes to the end of the first line that holds `mark`. */
	jumpTo(mark: string): void {
		const at = this.text.indexOf(mark);
		if (at === -1) {
			throw new Error(`There is no ${mark}`);
		}
		const end = this.text.indexOf('\n', at);
		this.#move(end === -1 ? this.text.length : end);
	}

	/** Writes `target` at the cursor. */
	write(target: string): void {
		let left = target;
		while (left !== '') {
			left = left.slice(this.#step(left));
		}
	}

	/** @returns how much of `target` is there now. */
	#step(target: string): number {
		const closing = /^\s*[)\]}]/.exec(target)?.[0];
		if (closing !== undefined && this.text.startsWith(closing, this.#cursor)) {
			this.#overtype(closing);
			return closing.length;
		}
		if (target.startsWith('\n')) {
			return this.#newLine(target);
		}
		const rest = /^\w{3,}[^\n()[\]{}]*/.exec(target)?.[0];
		if (rest !== undefined && this.random() < acceptShare) {
			this.#insert('accept', rest);
			return rest.length;
		}
		if (this.random() < backspaceShare) {
			this.#insert('type', 'x');
			this.#remove();
		}
		const [character = ''] = Array.from(target);
		this.#insert('type', character, closerOf[character]);
		return character.length;
	}

	/** The closer that the editor has put there already is typed over, or gone around when it is on its own line. */
	#overtype(closing: string): void {
		const cursor = this.#cursor + closing.length;
		this.#say(closing.length === 1 ? { kind: 'type', cursor } : { kind: 'jump', cursor });
	}

	/** Indentation comes with the line end; between braces, the closing one goes a line further. */
	#newLine(target: string): number {
		const line = /^\n\s*/.exec(target)?.[0] ?? '\n';
		const isBlock = this.text[this.#cursor - 1] === '{' && this.text[this.#cursor] === '}';
		const outer = /(?:^|\n)([ \t]*)[^\n]*$/.exec(this.text.slice(0, this.#cursor))?.[1] ?? '';
		this.#insert('newline', line, isBlock ? `\n${outer}` : '');
		return line.length;
	}

	#insert(kind: 'type' | 'newline' | 'accept', before: string, after = ''): void {
		const at = this.#cursor;
		this.text = this.text.slice(0, at) + before + after + this.text.slice(at);
		this.#say({ kind, edit: { at, remove: 0, insert: before + after }, cursor: at + before.length });
	}

	#remove(): void {
		const at = this.#cursor - 1;
		this.text = this.text.slice(0, at) + this.text.slice(at + 1);
		this.#say({ kind: 'backspace', edit: { at, remove: 1, insert: '' }, cursor: at });
	}

	#move(cursor: number): void {
		this.#say({ kind: 'jump', cursor });
	}

	#say(event: Omit<Keystroke, 'gap'>): void {
		this.#cursor = event.cursor;
		const pause = event.kind === 'newline' || event.kind === 'jump' ? 5 : this.text[event.cursor - 1] === ' ' ? 2 : 1;
		this.events.push({ ...event, gap: Math.round(medianGap * pause * Math.exp(spread * this.#normal())) });
	}

	/** Box and Muller's way from two even numbers to a normal one. */
	#normal(): number {
		return Math.sqrt(-2 * Math.log(1 - this.random())) * Math.cos(2 * Math.PI * this.random());
	}
}

/** The same numbers for the same seed. */
export function randomNumbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}
