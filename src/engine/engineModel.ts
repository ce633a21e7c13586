import type { TokenId } from '../core/prompt/tokenizer';
import type { ChatMessage } from '../protocol/engineContract';

/** A token that the model may write next. */
export interface NextToken {
	/** `undefined` at the end of generation. */
	readonly token: TokenId | undefined;
	/** The probability of this token, 0 to 1. */
	readonly probability: number;
}

/** A token to append, and which others one wants to hear of besides the most probable next one. */
export interface Asked {
	readonly token: TokenId;
	readonly others: readonly TokenId[];
}

/** The KV cache of one conversation with a model. Its methods are called one at a time. */
export interface TokenSequence {
	/** How many tokens it holds at most. */
	readonly capacity: number;
	/** The tokens in it. */
	readonly held: readonly TokenId[];
	/** Drops everything after the longest common prefix with `tokens`. Returns the length of what is kept. */
	keepCommonPrefix(tokens: readonly TokenId[]): Promise<number>;
	/** Appends one slice. It cannot be interrupted. */
	evaluate(tokens: readonly TokenId[]): Promise<void>;
	/** Appends a token and tells the next one, greedily chosen. `penalised` tokens are made somewhat less probable. */
	evaluateNext(token: TokenId, penalised: readonly TokenId[]): Promise<NextToken>;
	/** Appends tokens in one call. Tells behind each the next one, greedily chosen, and then each of `others` that is not that. */
	evaluateAmong(asked: readonly Asked[]): Promise<readonly (readonly NextToken[])[]>;
	/** Appends a token and tells the `count` most probable next ones, best first; their probabilities add up to 1. */
	evaluateTop(token: TokenId, count: number): Promise<readonly NextToken[]>;
	dispose(): Promise<void>;
}

/** One whose content outlives the process. */
export interface KeepableSequence extends TokenSequence {
	save(file: string): Promise<void>;
	/** The file must be of the same model, evaluated by the same native build: nothing checks that. */
	restore(file: string): Promise<void>;
}

/** The weights and the vocabulary of a loaded model. */
export interface EngineModel {
	readonly device: 'cpu' | 'gpu';
	/** Identifies the native build. A cache that one build has filled is not valid for another. */
	readonly build: string;
	/** The number of threads that the model was loaded with. */
	readonly threads: number;
	/** Numbers in the vector of a token. */
	readonly width: number;
	/** The longest context that the model was trained on. Tokens. */
	readonly trainedTokens: number;
	/** Tokenises text with special tokens off; see `SafeTokenizer` for why that is not enough. */
	encode(text: string): readonly TokenId[];
	decode(tokens: readonly TokenId[], before: readonly TokenId[]): string;
	openSequence(capacity: number): Promise<KeepableSequence>;
	/** From the next evaluation on, at most so many threads work, of this and all other models. */
	limitThreads(threads: number): void;
	/** Tries a conversation in a chat template. @returns why it cannot be used; `undefined` when it can. */
	whyUnreadable(template: string): string | undefined;
	/**
	 * Renders messages through a chat template, up to where the answer begins. Their contents are tokenised by `encodeText`, the
	 * template's own marks as control tokens.
	 * @throws EngineError `model-cannot-explain` when the template cannot be run.
	 */
	renderChat(
		template: string,
		messages: readonly ChatMessage[],
		encodeText: (text: string) => readonly TokenId[],
	): readonly TokenId[];
	dispose(): Promise<void>;
}

/** How a model file is loaded. */
export interface LlamaModelOptions {
	readonly path: string;
	/** 0 = physical cores - 1, at least 1. More than that spins at barriers against the editor's own work. */
	readonly threads: number;
	/** Models whose tokeniser puts a space in front of each text it is given. */
	readonly addsLeadingSpace: boolean;
	/** Tokens that end an answer besides those that the vocabulary declares. */
	readonly isEnd: (token: TokenId) => boolean;
	readonly log: (message: string) => void;
}
