/** `/infill` of llama-server, as far as llama.vscode uses it. */
export interface InfillRequest {
	readonly input_prefix: string;
	readonly input_suffix: string;
	readonly input_extra: readonly { readonly filename: string; readonly text: string }[];
	/** The cursor's line up to the cursor. */
	readonly prompt: string;
	readonly n_predict: number;
	readonly t_max_predict_ms: number;
	/** Parallel completions. */
	readonly n_cmpl: number;
}

export interface InfillAnswer {
	/** One for each completion asked for. */
	readonly contents: readonly string[];
	/** Tokens of the prompt that were evaluated, which were not in the cache. */
	readonly evaluated: number;
	/** Tokens generated, over all completions. */
	readonly generated: number;
	/** Tokens of the whole prompt. */
	readonly promptTokens: number;
}

export interface InfillServer {
	infill(request: InfillRequest): Promise<InfillAnswer>;
}
