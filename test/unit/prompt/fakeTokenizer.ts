import type { PromptFormat } from '../../../src/core/prompt/fim/detectFormat';
import { splitText } from '../../../src/core/prompt/textCut';
import type { TokenId, Tokenizer } from '../../../src/core/prompt/tokenizer';

/** Ids below this are the format's control tokens; above, one id a distinct piece of text. */
const firstTextId = 1000;

const noMarks = { prefix: undefined, suffix: undefined, middle: undefined };

/** One token a word, a run of blanks, a run of line ends or a symbol; remembers how much it was given. */
export class FakeTokenizer implements Tokenizer {
	readonly #ids = new Map<string, TokenId>();
	/** UTF-16 units tokenised so far. */
	charactersSeen = 0;

	tokenize(text: string): readonly TokenId[] {
		this.charactersSeen += text.length;
		return (text.match(/\w{1,8}|[ \t]+|\n+|[^\w\s]|\s/gu) ?? []).map(piece => this.#id(piece));
	}

	split(text: string): readonly string[] {
		return splitText(text, 'after-line-end');
	}

	/** The prompt as text, control tokens as the format names them. */
	render(tokens: readonly TokenId[], format: PromptFormat): string {
		const { prefix, suffix, middle } = format.order === 'left-to-right' ? noMarks : format;
		const names = new Map<TokenId | undefined, string>([
			[format.bos, '[BOS]'],
			[prefix, '[PRE]'],
			[suffix, '[SUF]'],
			[middle, '[MID]'],
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
