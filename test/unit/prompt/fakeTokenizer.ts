import type { FimFormat } from '../../../src/core/prompt/fim/detectFormat';
import type { TokenId, Tokenizer } from '../../../src/core/prompt/tokenizer';

/** Ids below this are the format's control tokens; above, one id a distinct piece of text. */
const firstTextId = 1000;

/** One token a word, a run of blanks, a run of line ends or a symbol; remembers how much it was given. */
export class FakeTokenizer implements Tokenizer {
	readonly #ids = new Map<string, TokenId>();
	/** UTF-16 units tokenised so far. */
	charactersSeen = 0;

	tokenize(text: string): readonly TokenId[] {
		this.charactersSeen += text.length;
		return (text.match(/\w{1,8}|[ \t]+|\n+|[^\w\s]|\s/gu) ?? []).map(piece => this.#id(piece));
	}

	/** The prompt as text, control tokens as the format names them. */
	render(tokens: readonly TokenId[], format: FimFormat): string {
		const names = new Map<TokenId | undefined, string>([
			[format.bos, '[BOS]'],
			[format.prefix, '[PRE]'],
			[format.suffix, '[SUF]'],
			[format.middle, '[MID]'],
			...(format.file?.kind === 'token' ? [[format.file.token, '[FILE]'] as const] : []),
		]);
		const texts = new Map([...this.#ids].map(([piece, id]) => [id, piece]));
		return tokens.map(token => texts.get(token) ?? names.get(token) ?? `[${token}?]`).join('');
	}

	#id(piece: string): TokenId {
		const id = this.#ids.get(piece) ?? firstTextId + this.#ids.size;
		this.#ids.set(piece, id);
		return id;
	}
}
