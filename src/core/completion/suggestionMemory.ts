import type { DocumentSnapshot } from '../text/documentSnapshot';

/** An answer of the model, and where it was given. */
interface Remembered {
	readonly uri: string;
	/** The last `tailLength` characters before the cursor. */
	readonly before: string;
	/** The first `tailLength` characters after the cursor. */
	readonly after: string;
	readonly text: string;
}

/** Characters compared on each side of the cursor: some lines, so that two places of a file are not taken for one. */
const tailLength = 256;

/** Answers kept. One takes about a kilobyte. */
const capacity = 100;

const closerOf: Readonly<Record<string, string>> = {
	'(': ')',
	'[': ']',
	'{': '}',
	'"': '"',
	"'": "'",
	'`': '`',
	'<': '>',
};

/**
 * Finds what the model has already said for this place: the suggestion on screen while the user types what it says,
 * accepts a part of it or takes characters back, and older ones when the cursor returns. Least recently used go first.
 */
export class SuggestionMemory {
	readonly #entries: Remembered[] = [];

	remember(document: DocumentSnapshot, text: string): void {
		const entry = placeOf(document);
		const known = this.#entries.findIndex(
			other => other.uri === entry.uri && other.before === entry.before && other.after === entry.after,
		);
		if (known !== -1) {
			this.#entries.splice(known, 1);
		}
		this.#entries.unshift({ ...entry, text });
		this.#entries.length = Math.min(this.#entries.length, capacity);
	}

	/** The rest of a remembered answer that agrees with everything typed since, never empty. */
	recall(document: DocumentSnapshot): string | undefined {
		const here = placeOf(document);
		for (const [index, entry] of this.#entries.entries()) {
			const rest = entry.uri === here.uri ? restOf(entry, document) : undefined;
			if (rest !== undefined) {
				this.#entries.splice(index, 1);
				this.#entries.unshift(entry);
				return rest;
			}
		}
		return undefined;
	}

	clear(): void {
		this.#entries.length = 0;
	}
}

function placeOf(document: DocumentSnapshot): Omit<Remembered, 'text'> {
	return {
		uri: document.uri,
		before: document.prefix.slice(-tailLength),
		after: document.suffix.slice(0, tailLength),
	};
}

function restOf(entry: Remembered, document: DocumentSnapshot): string | undefined {
	for (let typed = 0; typed < entry.text.length; typed++) {
		const added = entry.text.slice(0, typed);
		if (document.prefix.endsWith(entry.before + added) && isSameAfter(entry.after, document.suffix, added)) {
			return entry.text.slice(typed);
		}
	}
	return undefined;
}

/** The same text after the cursor, but for closers that the editor put there because an opener was typed. */
function isSameAfter(before: string, now: string, typed: string): boolean {
	// An empty `before` was the end of the file: then nothing else may have appeared behind it.
	const follows = (closers: string): boolean => (before === '' ? now === closers : now.startsWith(closers + before));
	const pending = pendingClosers(typed);
	return follows('') || pending.some((_, index) => follows(pending.slice(0, index + 1).join('')));
}

/** What would close the brackets and quotes that `text` opens, innermost first. */
function pendingClosers(text: string): string[] {
	const pending: string[] = [];
	for (const character of Array.from(text)) {
		const closer = closerOf[character];
		if (pending[0] === character) {
			pending.shift();
		} else if (closer !== undefined) {
			pending.unshift(closer);
		}
	}
	return pending;
}
