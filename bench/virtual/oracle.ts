import { createHash } from 'node:crypto';
import type { Keystroke, Moment } from '../traces/trace';

/** The share of words in a line that the model knows: about what a model of this size guesses right. */
const knownShare = 0.75;
/** A model goes on after the line's end. Lines. */
const linesAhead = 3;
const wrong = 'somethingElse';

/** Simulates a model that guesses some of the words that the user types next. The same for both engines. */
export class Oracle {
	constructor(private readonly moments: readonly Moment[]) {}

	/**
	 * @param index of the last key pressed.
	 * @param ahead text that is taken for typed already.
	 */
	continuation(index: number, ahead = ''): string {
		const future = this.#future(index);
		if (!future.startsWith(ahead)) {
			return wrong;
		}
		const lines = future.slice(ahead.length).split('\n').slice(0, linesAhead);
		const line = lineOf((this.moments[index]?.prefix ?? '') + ahead);
		const known: string[] = [];
		for (const [number, text] of lines.entries()) {
			const guess = guessed(text, number === 0 ? line : '');
			known.push(guess.text);
			if (!guess.isWhole) {
				break;
			}
		}
		return known.join('\n');
	}

	/** The text typed from here to the next jump, without mistakes that are taken back. */
	#future(index: number): string {
		const start = this.moments[index]?.event.cursor ?? 0;
		let text = '';
		for (const { event, prefix } of this.moments.slice(index + 1)) {
			if (event.kind === 'jump' || event.cursor < start) {
				break;
			}
			text = prefix.slice(start);
			if (text.split('\n').length > 2 * linesAhead && event.kind !== 'backspace') {
				break;
			}
		}
		return text;
	}
}

function lineOf(prefix: string): string {
	return prefix.slice(prefix.lastIndexOf('\n') + 1);
}

/** The line as far as the model knows it, then a word of its own. A word that is begun already is known. */
function guessed(text: string, before: string): { text: string; isWhole: boolean } {
	for (const match of text.matchAll(/\p{L}[\p{L}\p{N}_]*/gu)) {
		const isBegun = match.index === 0 && /[\p{L}\p{N}_]$/u.test(before);
		if (!isBegun && !isKnown(before + text.slice(0, match.index + match[0].length))) {
			return { text: text.slice(0, match.index) + wrong, isWhole: false };
		}
	}
	return { text, isWhole: true };
}

/** Decided by the line up to the word, so that it is the same from wherever the model looks at it. */
function isKnown(lineUpToWord: string): boolean {
	return createHash('sha256').update(lineUpToWord).digest().readUInt8(0) / 256 < knownShare;
}

/** Keys that only add text at the cursor. */
export function isAppended({ kind }: Keystroke): boolean {
	return kind === 'type' || kind === 'newline';
}
