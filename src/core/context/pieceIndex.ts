import { jaccard, sorted, tokenSet, tokensOf, type TokenSet } from './codeTokens';
import type { OpenFile } from './openFile';
import { oncePer } from '../util/oncePer';
import { remember } from '../util/remember';
import { lineSet } from './surroundings';

/** Some consecutive lines of a file. */
export interface Window {
	/** Counted from 0; `end` is behind the last line. */
	readonly start: number;
	readonly end: number;
	readonly text: string;
	readonly tokens: TokenSet;
}

export interface Similar {
	readonly window: Window;
	/** Jaccard, 0 to 1. */
	readonly similarity: number;
}

interface IndexedFile {
	readonly version: number;
	readonly length: number;
	readonly windows: readonly Window[];
	/** Word → numbers of the windows that have it. */
	readonly places: ReadonlyMap<number, readonly number[]>;
}

/** A piece that fits a prompt of 1000 tokens beside others, and still holds a function. Windows overlap by half. */
const linesPerWindow = 30;
const step = linesPerWindow / 2;

/** A window with more characters has long lines: data, or minified. It is left out. */
const longestWindow = 2400;

/**
 * Remembers how files fall into windows and which words each has, so that a keystroke costs a look-up of the words at the
 * cursor. The file not asked for longest goes first.
 */
export class PieceIndex {
	readonly #files = new Map<string, IndexedFile>();
	readonly #pieces = new Map<string, TokenSet>();
	/** The lines of a window that say something. */
	readonly linesOf = oncePer(({ text }: Window) => lineSet(text));

	/** @param capacity files kept; a file of 2000 lines takes about half a megabyte. */
	constructor(private readonly capacity = 40) {}

	has({ uri, version }: OpenFile): boolean {
		return this.#files.get(uri)?.version === version;
	}

	/** Indexes a file ahead of time, when nobody waits. */
	prepare(file: OpenFile): void {
		this.#indexed(file);
	}

	/**
	 * The windows of a file that are at least so similar to `tokens`, of which less than `known` of their own words stand
	 * in `tokens`. Indexes the file when it has changed.
	 */
	similar(file: OpenFile, tokens: TokenSet, { least, known }: { least: number; known: number }): readonly Similar[] {
		const { windows, places } = this.#indexed(file);
		const common = new Uint16Array(windows.length);
		for (const token of tokens) {
			for (const place of places.get(token) ?? []) {
				common[place] = (common[place] ?? 0) + 1;
			}
		}
		const found: Similar[] = [];
		for (const [place, window] of windows.entries()) {
			const shared = common[place] ?? 0;
			const similarity = jaccard(shared, window.tokens.length, tokens.length);
			if (similarity >= least && shared < window.tokens.length * known) {
				found.push({ window, similarity });
			}
		}
		return found;
	}

	/** The words of a piece that was chosen before, whatever became of its file. */
	tokensOf(text: string): TokenSet {
		const tokens = this.#pieces.get(text) ?? tokenSet(text);
		remember(this.#pieces, text, tokens, this.capacity);
		return tokens;
	}

	clear(): void {
		this.#files.clear();
		this.#pieces.clear();
	}

	#indexed(file: OpenFile): IndexedFile {
		const known = this.#files.get(file.uri);
		const isCurrent = known?.version === file.version && known.length === file.text.length;
		const indexed = isCurrent ? known : indexFile(file);
		remember(this.#files, file.uri, indexed, this.capacity);
		return indexed;
	}
}

function indexFile({ version, text }: OpenFile): IndexedFile {
	const windows = windowsOf(text);
	const places = new Map<number, number[]>();
	for (const [place, { tokens }] of windows.entries()) {
		for (const token of tokens) {
			const known = places.get(token);
			if (known === undefined) {
				places.set(token, [place]);
			} else {
				known.push(place);
			}
		}
	}
	return { version, length: text.length, windows, places };
}

function windowsOf(text: string): readonly Window[] {
	const lines = text.split('\n');
	const words = lines.map(line => (line.length > longestWindow ? [] : tokensOf(line)));
	const windows: Window[] = [];
	for (let from = 0; from < lines.length; from += step) {
		const { start, end } = withoutBlankEnds(lines, from, Math.min(from + linesPerWindow, lines.length));
		const piece = lines.slice(start, end).join('\n');
		if (piece !== '' && piece.length <= longestWindow) {
			windows.push({ start, end, text: piece, tokens: union(words, start, end) });
		}
		if (from + linesPerWindow >= lines.length) {
			break;
		}
	}
	return windows;
}

function withoutBlankEnds(lines: readonly string[], from: number, to: number): { start: number; end: number } {
	let start = from;
	let end = to;
	while (start < end && lines[start]?.trim() === '') {
		start++;
	}
	while (end > start && lines[end - 1]?.trim() === '') {
		end--;
	}
	return { start, end };
}

function union(words: readonly (readonly number[])[], start: number, end: number): TokenSet {
	const hashes = new Set<number>();
	for (let line = start; line < end; line++) {
		for (const hash of words[line] ?? []) {
			hashes.add(hash);
		}
	}
	return sorted(hashes);
}
