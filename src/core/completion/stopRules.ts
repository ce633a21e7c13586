import { findBlockEnd } from './stopBlock';
import { findRepetition } from './stopRepetition';
import { dropBlankEnd, firstLineBelow, hasWord } from './stopText';

/** Why decoding ended, as far as the text decides. The model's own end and a full context are the engine's reasons. */
export type TextStopReason =
	'end-of-line' | 'end-of-block' | 'repetition' | 'suffix-reached' | 'low-probability' | 'token-limit';

export interface StopVerdict {
	readonly reason: TextStopReason;
	/** What to keep: a prefix of what was generated. */
	readonly text: string;
}

export interface StopLimits {
	/** Text before and after the cursor, LF line ends. */
	readonly prefix: string;
	readonly suffix: string;
	/** `line`: the answer ends before its first line end, so an answer that begins with one is empty. */
	readonly extent: 'line' | 'block';
	readonly maxTokens: number;
	/** Decoding stops before the first token less probable than this. 0 = never. */
	readonly probabilityFloor: number;
}

/** Decides after each token whether decoding goes on. Each token is offered once, in order. */
export class StopRules {
	readonly #cursorLine: string;
	readonly #lineBelow: string | undefined;
	#text = '';
	#tokens = 0;

	constructor(private readonly limits: StopLimits) {
		this.#cursorLine = limits.prefix.slice(limits.prefix.lastIndexOf('\n') + 1);
		this.#lineBelow = firstLineBelow(limits.suffix);
	}

	/** Everything accepted so far. */
	get text(): string {
		return this.#text;
	}

	/**
	 * Takes the next token, unless it is too improbable.
	 * @param text what the token adds; empty while a character is incomplete.
	 * @returns why to stop and what to keep, or `undefined` to go on.
	 */
	offer(text: string, probability: number): StopVerdict | undefined {
		if (probability < this.limits.probabilityFloor) {
			return { reason: 'low-probability', text: this.#text };
		}
		this.#text += text;
		this.#tokens++;
		return this.#suffixReached() ?? this.#extentReached() ?? this.#repeats() ?? this.#limitReached();
	}

	/** The model has written, as a whole line, the line that stands below the cursor already. */
	#suffixReached(): StopVerdict | undefined {
		const below = this.#lineBelow;
		const end = this.#text.lastIndexOf('\n');
		if (below === undefined || end === -1) {
			return undefined;
		}
		const lines = (this.#cursorLine + this.#text.slice(0, end)).split('\n');
		const index = lines.findIndex(line => isSameLine(line.trimEnd(), below));
		if (index === -1) {
			return undefined;
		}
		const kept = this.#text.split('\n').slice(0, index).join('\n');
		return { reason: 'suffix-reached', text: dropBlankEnd(kept) };
	}

	#extentReached(): StopVerdict | undefined {
		if (this.limits.extent === 'line') {
			const end = this.#text.indexOf('\n');
			return end === -1 ? undefined : { reason: 'end-of-line', text: this.#text.slice(0, end) };
		}
		const kept = findBlockEnd(this.#cursorLine, this.#text);
		return kept === undefined ? undefined : { reason: 'end-of-block', text: kept };
	}

	#repeats(): StopVerdict | undefined {
		const length = findRepetition(this.#text);
		return length === undefined ? undefined : { reason: 'repetition', text: this.#text.slice(0, length) };
	}

	#limitReached(): StopVerdict | undefined {
		return this.#tokens < this.limits.maxTokens ? undefined : { reason: 'token-limit', text: this.#text };
	}
}

/** Lines with a word are the same whatever their indentation; closing brackets only at the same indentation. */
function isSameLine(line: string, below: string): boolean {
	return line === below || (hasWord(below) && line.trimStart() === below.trimStart());
}
