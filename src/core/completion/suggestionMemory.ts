import type { GateSample } from '../taste/logisticTaste';
import type { DocumentSnapshot } from '../text/documentSnapshot';
import { longestTyped, placeOf, restOf, type SuggestionPlace } from './suggestionPlace';

/** An answer of the model, and how the gate judged it. */
export interface RememberedAnswer {
	readonly text: string;
	readonly sample?: GateSample | undefined;
}

/** A remembered answer and its place. */
interface Remembered extends SuggestionPlace, RememberedAnswer {
	/** Counts up with each use. */
	used: number;
}

/** Answers kept: some minutes of typing, with what is prepared ahead. One takes about a kilobyte. */
const capacity = 500;

/** The most answers that are kept for one line. */
const mostInLine = 50;

/** Characters that tell one line from another, besides its own: those in front of it. Lines with the same are told apart by more. */
const lineKeyLength = 48;

/**
 * Finds what the model has already said for this place: the suggestion on screen while the user types what it says,
 * accepts a part of it or takes characters back, and older ones when the cursor returns. The lines written in longest ago go first.
 *
 * A trie whose edges are lines: answers hang on the line they were given in, and are looked for only in the lines near the
 * cursor, however many there are.
 */
export class SuggestionMemory {
	/** Written in last, last. */
	readonly #lines = new Map<string, Remembered[]>();
	#size = 0;
	#uses = 0;

	remember(document: DocumentSnapshot, answer: RememberedAnswer): void {
		const entry = { ...placeOf(document), ...answer, used: this.#uses++ };
		const key = lineKey(document, document.prefix.lastIndexOf('\n') + 1);
		const line = this.#lines.get(key) ?? [];
		const others = line.filter(({ before, after }) => before !== entry.before || after !== entry.after);
		const kept = [...others, entry].slice(-mostInLine);
		this.#size += kept.length - line.length;
		this.#lines.delete(key);
		this.#lines.set(key, kept);
		this.#dropOldest();
	}

	/** The rest of the last used of the remembered answers that agree with everything typed since, never empty. */
	recall(document: DocumentSnapshot): RememberedAnswer | undefined {
		const candidates = nearLines(document).flatMap(key => this.#lines.get(key) ?? []);
		for (const entry of candidates.toSorted((a, b) => b.used - a.used)) {
			const text = restOf(entry, entry.text, document);
			if (text !== undefined) {
				entry.used = this.#uses++;
				return { text, sample: entry.sample };
			}
		}
		return undefined;
	}

	clear(): void {
		this.#lines.clear();
		this.#size = 0;
	}

	#dropOldest(): void {
		for (const [key, line] of this.#lines) {
			if (this.#size <= capacity) {
				return;
			}
			this.#lines.delete(key);
			this.#size -= line.length;
		}
	}
}

function lineKey({ uri, prefix }: DocumentSnapshot, lineStart: number): string {
	return `${uri}\n${prefix.slice(Math.max(0, lineStart - lineKeyLength), lineStart)}`;
}

/** Keys of the lines from which an answer may reach to the cursor. */
function nearLines(document: DocumentSnapshot): readonly string[] {
	const { prefix } = document;
	const keys = new Set<string>();
	for (let end = prefix.length; end >= 0 && end >= prefix.length - longestTyped;) {
		const lineStart = end === 0 ? 0 : prefix.lastIndexOf('\n', end - 1) + 1;
		keys.add(lineKey(document, lineStart));
		end = lineStart - 1;
	}
	return [...keys];
}
