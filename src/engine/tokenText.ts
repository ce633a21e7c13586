import type { TokenId } from '../core/prompt/tokenizer';

/** A character of UTF-8 has at most four bytes, and a token has at least one. */
const mostTokensPerCharacter = 4;
/** Some vocabularies decide by the token before whether a space is written. */
const contextTokens = 3;
const replacement = '\uFFFD';

/** Turns tokens into text one by one, holding back characters of which bytes are still missing. */
export class TokenText {
	#before: readonly TokenId[];
	#pending: readonly TokenId[] = [];

	/** @param prompt the tokens before the first one, for vocabularies that need to look back. */
	constructor(
		private readonly decode: (tokens: readonly TokenId[], before: readonly TokenId[]) => string,
		prompt: readonly TokenId[],
	) {
		this.#before = prompt.slice(-contextTokens);
	}

	/**
	 * Returns the text that the token completes: empty while a character is incomplete, `undefined` when the bytes so far can make none.
	 * Small models do write such bytes; nothing after them is of use.
	 */
	add(token: TokenId): string | undefined {
		this.#pending = [...this.#pending, token];
		const text = this.decode(this.#pending, this.#before);
		if (text.includes(replacement)) {
			return text.endsWith(replacement) && this.#pending.length < mostTokensPerCharacter ? '' : undefined;
		}
		this.#before = [...this.#before, ...this.#pending].slice(-contextTokens);
		this.#pending = [];
		return text;
	}
}
