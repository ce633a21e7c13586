import type { GateSample } from '../taste/logisticTaste';
import type { DocumentSnapshot } from '../text/documentSnapshot';
import { placeOf, restOf, type SuggestionPlace } from './suggestionPlace';

/** What the model said, and how the gate saw it. */
export interface Saying {
	readonly text: string;
	readonly sample?: GateSample | undefined;
}

/** An answer of the model, and where it was given. */
interface Remembered extends SuggestionPlace, Saying {}

/** Answers kept. One takes about a kilobyte. */
const capacity = 100;

/**
 * Finds what the model has already said for this place: the suggestion on screen while the user types what it says,
 * accepts a part of it or takes characters back, and older ones when the cursor returns. Least recently used go first.
 */
export class SuggestionMemory {
	readonly #entries: Remembered[] = [];

	remember(document: DocumentSnapshot, saying: Saying): void {
		const entry = placeOf(document);
		const known = this.#entries.findIndex(
			other => other.uri === entry.uri && other.before === entry.before && other.after === entry.after,
		);
		if (known !== -1) {
			this.#entries.splice(known, 1);
		}
		this.#entries.unshift({ ...entry, ...saying });
		this.#entries.length = Math.min(this.#entries.length, capacity);
	}

	/** The rest of a remembered answer that agrees with everything typed since, never empty. */
	recall(document: DocumentSnapshot): Saying | undefined {
		for (const [index, entry] of this.#entries.entries()) {
			const rest = restOf(entry, entry.text, document);
			if (rest !== undefined) {
				this.#entries.splice(index, 1);
				this.#entries.unshift(entry);
				return { text: rest, sample: entry.sample };
			}
		}
		return undefined;
	}

	clear(): void {
		this.#entries.length = 0;
	}
}
