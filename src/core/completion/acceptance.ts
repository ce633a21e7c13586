import type { StatsEvent } from '../stats/completionStats';

/** A suggestion that may be on screen. `before`: the line up to the cursor when it was offered. */
export interface OfferedSuggestion {
	readonly id: number;
	readonly uri: string;
	readonly line: number;
	readonly character: number;
	readonly text: string;
}

/** One change of a document: `text` was put at the position, replacing nothing when `replacedLength` is 0. */
export interface InsertedText {
	readonly uri: string;
	readonly line: number;
	readonly character: number;
	readonly replacedLength: number;
	readonly text: string;
}

/**
 * Infers what became of suggestions. The stable API tells only of a full accept (through the item's command), so a
 * partial accept is recognised by its trace: an insertion at the ghost text's start that is a proper prefix of it and
 * longer than the one character a key press types. An accept of a one-character word looks like typing and is not
 * counted.
 */
export class AcceptanceTracker {
	#offered: OfferedSuggestion | undefined;

	constructor(private readonly onEvent: (event: StatsEvent) => void) {}

	offer(suggestion: OfferedSuggestion): void {
		this.#offered = suggestion;
	}

	/** The item's command ran: VS Code inserted the whole of what was left of it. */
	accepted(id: number): void {
		if (this.#offered?.id === id) {
			this.onEvent({ kind: 'accepted', characters: this.#offered.text.length });
			this.#offered = undefined;
		}
	}

	changed(change: InsertedText): void {
		const offered = this.#offered;
		if (offered?.uri !== change.uri) {
			return;
		}
		const atStart = change.line === offered.line && change.character === offered.character;
		const isPart =
			atStart &&
			change.replacedLength === 0 &&
			change.text.length < offered.text.length &&
			offered.text.startsWith(change.text);
		if (!isPart) {
			// The whole of it is the command's to report, and arrives after this change; all else replaced the suggestion.
			this.#offered = atStart && change.text.startsWith(offered.text) ? offered : undefined;
			return;
		}
		if (change.text.length > 1) {
			this.onEvent({ kind: 'partly-accepted', characters: change.text.length });
		}
		this.#offered = {
			...offered,
			...endOf(offered, change.text),
			text: offered.text.slice(change.text.length),
		};
	}
}

function endOf(start: { line: number; character: number }, text: string): { line: number; character: number } {
	const lastBreak = text.lastIndexOf('\n');
	return lastBreak === -1
		? { line: start.line, character: start.character + text.length }
		: { line: start.line + text.split('\n').length - 1, character: text.length - lastBreak - 1 };
}
