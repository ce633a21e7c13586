import type { TokenId } from '../core/prompt/tokenizer';
import type { NextToken } from './engineModel';

/** Users go back and forth between a few places at most before the prompt is another. */
const mostRemembered = 4;

interface Remembered {
	readonly tokens: readonly TokenId[];
	readonly top: readonly NextToken[];
}

/**
 * The most probable tokens after the last few prompts. While a word is typed, letter by letter, the prompt in front of
 * it stays the same, and so does what the model expects there.
 */
export class TopMemory {
	#remembered: readonly Remembered[] = [];

	get(tokens: readonly TokenId[]): readonly NextToken[] | undefined {
		return this.#remembered.find(known => isSame(known.tokens, tokens))?.top;
	}

	set(tokens: readonly TokenId[], top: readonly NextToken[]): void {
		const others = this.#remembered.filter(known => !isSame(known.tokens, tokens));
		this.#remembered = [{ tokens, top }, ...others].slice(0, mostRemembered);
	}
}

/** Prompts differ at their ends, if they do. */
function isSame(a: readonly TokenId[], b: readonly TokenId[]): boolean {
	return a.length === b.length && a.findLastIndex((token, index) => token !== b[index]) === -1;
}
