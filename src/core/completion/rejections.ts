import type { ShownSuggestion } from '../taste/taste';
import type { DocumentSnapshot } from '../text/documentSnapshot';
import { placeOf, restOf, typedSince, unsaid, type SuggestionPlace } from './suggestionPlace';

/** A suggestion that may be on screen. */
interface Shown extends SuggestionPlace {
	readonly text: string;
	/** The sample that the taste learns from. */
	readonly lesson: ShownSuggestion;
}

/** A suggestion that the user has passed over. */
interface Rejected extends Shown {
	/** Characters of it that the user typed all the same: it is not offered at any of these places. */
	readonly agreed: number;
}

/** Places watched at once: while something else is typed, each key press brings a suggestion of its own. */
const mostWatched = 8;

/** Rejections kept; the oldest are forgotten. One takes about a kilobyte. */
const capacity = 100;

/** Fewer characters that differ may be a slip of the finger, taken back at once. */
const leastDifferent = 3;

/**
 * Knows which suggestions the user has passed over: something else was typed where they stood. VS Code does not tell of
 * Escape, and a suggestion still on screen is asked for again and again, so that asking again alone means nothing. What
 * is typed through, taken in part or left by moving away is not rejected.
 */
export class Rejections {
	readonly #watched: Shown[] = [];
	readonly #rejected: Rejected[] = [];

	/** A suggestion goes on screen. */
	shown(document: DocumentSnapshot, text: string, lesson: ShownSuggestion): void {
		if (!this.#watched.some(entry => restOf(entry, entry.text, document) === text)) {
			this.#watched.unshift({ ...placeOf(document), text, lesson });
			this.#watched.length = Math.min(this.#watched.length, mostWatched);
		}
	}

	/** Looks at what has become of the suggestions on screen, the text standing as it does now. Returns those passed over by it. */
	observe(document: DocumentSnapshot): readonly ShownSuggestion[] {
		const passedOver: ShownSuggestion[] = [];
		for (const entry of [...this.#watched]) {
			const typed = typedSince(entry, document);
			const agreed = typed === undefined ? 0 : agreement(typed, entry.text);
			if (typed === undefined || unsaid(entry.text, typed) !== undefined || isIndentation(typed, agreed)) {
				continue; // The cursor is elsewhere, or at the place, or on its way through the text.
			}
			const different = typed.slice(agreed);
			if (agreed === entry.text.length) {
				this.#stopWatching(entry);
			} else if (different.length >= leastDifferent || different.includes('\n')) {
				this.#stopWatching(entry);
				this.#rejected.unshift({ ...entry, agreed });
				passedOver.push(entry.lesson);
				this.#rejected.length = Math.min(this.#rejected.length, capacity);
			}
		}
		return passedOver;
	}

	/** The user took a suggestion, or a part of it: then it was not a bad one. */
	accepted(): void {
		this.#watched.length = 0;
	}

	isRejected(document: DocumentSnapshot, text: string): boolean {
		return this.#rejected.some(entry => covers(entry, document, text));
	}

	/** The user asked for it by hand. */
	forgive(document: DocumentSnapshot, text: string): void {
		const kept = this.#rejected.filter(entry => !covers(entry, document, text));
		this.#rejected.splice(0, this.#rejected.length, ...kept);
	}

	clear(): void {
		this.#watched.length = 0;
		this.#rejected.length = 0;
	}

	#stopWatching(entry: Shown): void {
		this.#watched.splice(this.#watched.indexOf(entry), 1);
	}
}

function covers(entry: Rejected, document: DocumentSnapshot, text: string): boolean {
	const rest = restOf(entry, entry.text, document) ?? '';
	return rest !== '' && rest.trimEnd() === text.trimEnd() && entry.text.length - rest.length <= entry.agreed;
}

/** From `at` on there is only what the editor indents a new line with, where the text closes a block or goes less deep. */
function isIndentation(typed: string, at: number): boolean {
	const lineStart = typed.lastIndexOf('\n') + 1;
	return lineStart > 0 && lineStart <= at && typed.slice(lineStart).trim() === '';
}

/** Length of the common start. */
function agreement(a: string, b: string): number {
	let length = 0;
	while (length < a.length && a.charAt(length) === b.charAt(length)) {
		length++;
	}
	return length;
}
