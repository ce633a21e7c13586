import { hasBodyBelow } from './fitsBelow';
import { findBlockEnd } from './stopBlock';
import type { EngineStopReason } from './stopReason';
import { findCopiedLine, findRepetition } from './stopRepetition';
import { dropBlankEnd, firstLineBelow, hasWord } from './stopText';

/** Why decoding ended, as far as the text decides. The model's own end and a full context are the engine's reasons. */
export type TextStopReason = Exclude<EngineStopReason, 'end-of-generation' | 'context-full'>;

export interface StopVerdict {
	readonly reason: TextStopReason;
	/** The text to keep: a prefix of what was generated. */
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

/** Enough to hold the cursor's line and the one above it, in code that anyone reads. UTF-16 units. */
const mostLookBack = 4096;

/** Decides after each token whether decoding goes on. Each token is offered once, in order. */
export class StopRules {
	readonly #cursorLine: string;
	readonly #lineAbove: string;
	readonly #lineBelow: string | undefined;
	#text = '';
	#tokens = 0;

	constructor(private readonly limits: StopLimits) {
		const [cursorLine = '', lineAbove = ''] = limits.prefix.slice(-mostLookBack).split('\n').reverse();
		this.#cursorLine = cursorLine;
		this.#lineAbove = lineAbove;
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
		return this.#copies() ?? this.#extentReached() ?? this.#repeats() ?? this.#limitReached();
	}

	/** The model has written a whole line that stands right below the cursor, or right above the line it wrote. */
	#copies(): StopVerdict | undefined {
		const end = this.#text.lastIndexOf('\n');
		if (end === -1) {
			return undefined;
		}
		const lines = (this.#cursorLine + this.#text.slice(0, end)).split('\n');
		const below = this.#lineBelow;
		const known = below === undefined ? -1 : lines.findIndex(line => isSameLine(line.trimEnd(), below));
		if (known !== -1) {
			return { reason: 'suffix-reached', text: this.#linesBefore(known) };
		}
		if (this.limits.extent === 'block' && hasBodyBelow(lines.at(-1) ?? '', below)) {
			return { reason: 'suffix-reached', text: this.#linesBefore(lines.length) };
		}
		const copy = findCopiedLine([this.#lineAbove, ...lines]);
		return copy === undefined ? undefined : { reason: 'repetition', text: this.#linesBefore(copy - 1) };
	}

	#linesBefore(index: number): string {
		return dropBlankEnd(this.#text.split('\n').slice(0, index).join('\n'));
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
