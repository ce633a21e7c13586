/** A token id of the loaded model. */
export type TokenId = number;

/** The port through which prompt layout counts tokens exactly. User text only: control tokens never come out of it. */
export interface Tokenizer {
	tokenize(text: string): readonly TokenId[];
}
