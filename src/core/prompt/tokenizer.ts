/** A token id of the loaded model. */
export type TokenId = number;

/** The port through which prompt layout counts tokens exactly. User text only: control tokens never come out of it. */
export interface Tokenizer {
	tokenize(text: string): readonly TokenId[];
	/** Parts of a text whose tokens, joined, are those of the whole: see `TextCut`. Parts are about a line long. */
	split(text: string): readonly string[];
}
