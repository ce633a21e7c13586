/** What the completion service asks of an engine. The contract's shapes fit it; a test's fake is ten lines. */
export interface CompletionEngine {
	complete(query: CompletionQuery, signal: AbortSignal): Promise<CompletionAnswer>;
}

export interface CompletionQuery {
	readonly path: string;
	readonly languageId: string;
	readonly prefix: string;
	readonly suffix: string;
	readonly pieces: readonly { readonly path: string; readonly text: string }[];
	readonly extent: 'line' | 'block';
	readonly maxTokens: number;
	readonly probabilityFloor: number;
}

export interface CompletionAnswer {
	readonly text: string;
	readonly tokens: readonly { readonly text: string; readonly probability: number }[];
	readonly stopReason: string;
	readonly promptTokens: number;
	readonly reusedTokens: number;
	readonly evaluatedTokens: number;
	readonly generatedTokens: number;
}
