import { findTextCut, splitText, type TextCut } from '../core/prompt/textCut';
import type { TokenId, Tokenizer } from '../core/prompt/tokenizer';

/**
 * Tokenises text of a user so that no control token can come out of it. Turning special tokens off is not enough: a
 * SentencePiece vocabulary merges `<` `/s` `>` into the piece `</s>`, which is the control token, and a vocabulary
 * may list its prompt tokens as user-defined, which are always matched.
 */
export class SafeTokenizer implements Tokenizer {
	readonly #cut: TextCut;

	/**
	 * @param encode tokenises with special tokens off.
	 * @param forbidden id → text of the tokens that may not come out.
	 */
	constructor(
		private readonly encode: (text: string) => readonly TokenId[],
		private readonly forbidden: ReadonlyMap<TokenId, string>,
	) {
		this.#cut = findTextCut(encode);
	}

	split(text: string): readonly string[] {
		return splitText(text, this.#cut);
	}

	tokenize(text: string): readonly TokenId[] {
		const tokens = this.encode(text);
		const found = tokens.find(token => this.forbidden.has(token));
		if (found === undefined) {
			return tokens;
		}
		const parts = splitInside(text, (this.forbidden.get(found) ?? '').replaceAll('▁', ' '));
		return parts.length === 1
			? tokens.filter(token => !this.forbidden.has(token))
			: parts.flatMap(part => this.tokenize(part));
	}
}

/** Splits after the first character of each occurrence, so that no part holds one. */
function splitInside(text: string, name: string): readonly string[] {
	if (name.length < 2) {
		return [text];
	}
	const parts: string[] = [];
	let start = 0;
	for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
		parts.push(text.slice(start, at + 1));
		start = at + 1;
	}
	parts.push(text.slice(start));
	return parts;
}
