import type { TokenId } from '../tokenizer';

/** Ids that a GGUF declares for fill-in-the-middle under `tokenizer.ggml.fim_*_token_id` (or the older names). */
export interface DeclaredFimIds {
	readonly prefix?: TokenId;
	readonly suffix?: TokenId;
	readonly middle?: TokenId;
}

/** Fields of a GGUF header about its model. The choice of a prompt format may use nothing else. */
export interface GgufFacts {
	/** `general.architecture`. */
	readonly architecture: string;
	/** `tokenizer.ggml.pre`; `default` when the header does not say. */
	readonly pre: string;
	/** `general.name` and `general.basename`, joined. Never the name of the file. */
	readonly name: string;
	readonly declared: DeclaredFimIds;
	/** Exact text → id of every control and user-defined token. Text of a user can never become a control token. */
	readonly controlTokens: ReadonlyMap<string, TokenId>;
	readonly bos: TokenId | undefined;
	/** `tokenizer.ggml.add_bos_token`. */
	readonly addBos: boolean | undefined;
}
