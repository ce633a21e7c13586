import type { StopReason } from './stopReason';

/** The part of an engine that the completion service uses. The protocol's types fit it, and a fake in a test takes ten lines. */
export interface CompletionEngine {
	/** @param onProgress told what is written so far, after each token. A stop rule may still cut some of it off. */
	complete(
		query: CompletionQuery,
		signal: AbortSignal,
		onProgress?: (soFar: Written) => void,
	): Promise<CompletionAnswer>;
	/** Begins on what `complete` will be asked for in a moment. For engines that can. */
	begin?(query: CompletionQuery): void;
}

/**
 * `probability`: of the greedy choice, 0 to 1. `fromPrior`: the texts of the open files made it the likeliest; the model
 * alone would have written another.
 */
export interface WrittenToken {
	readonly text: string;
	readonly probability: number;
	readonly fromPrior?: boolean | undefined;
}

export interface Written {
	readonly text: string;
	readonly tokens: readonly WrittenToken[];
}

/** Something of another file that the model is shown. Its lines, where known: `start`, counted from 0, to the one before `end`. */
export interface ContextPiece {
	readonly path: string;
	readonly text: string;
	readonly start?: number;
	readonly end?: number;
}

export interface CompletionQuery {
	readonly path: string;
	readonly languageId: string;
	readonly prefix: string;
	readonly suffix: string;
	/** Best first. */
	readonly pieces: readonly ContextPiece[];
	readonly extent: 'line' | 'block';
	readonly maxTokens: number;
	readonly probabilityFloor: number;
	/**
	 * Absent: somebody waits for the answer. `ahead`: the text is as if a suggestion were accepted. `settle` and `refresh`: the
	 * user rests, for a moment or longer; no answer is wanted, only that the next one comes soon.
	 */
	readonly purpose?: 'ahead' | 'settle' | 'refresh';
	/** So many first lines are tried, and the one taken that fits best in front of what stands below. Absent: the likeliest. */
	readonly candidates?: number;
	/** The answer is to hold the prompt: asked for by who looks into it, never while somebody types. */
	readonly wantsPrompt?: boolean;
	/** To measure what they are worth. */
	readonly without?: readonly EnginePart[];
}

/**
 * Parts that the engine can do without: the texts of the open files as a prior, token healing, scoring candidates by what stands
 * below the cursor, and another try where the likeliest line does not fit in front of it.
 */
export const engineParts = ['prior', 'healing', 'ranking', 'fitting'] as const;
export type EnginePart = (typeof engineParts)[number];

export interface CompletionAnswer extends Written {
	/** The other candidates, best first, where several were asked for. */
	readonly others?: readonly Written[] | undefined;
	readonly stopReason: StopReason;
	readonly promptTokens: number;
	readonly reusedTokens: number;
	readonly evaluatedTokens: number;
	readonly generatedTokens: number;
	/** The engine's own time for reading the prompt and for writing. Milliseconds; not known of every engine. */
	readonly prefillMs?: number;
	readonly decodeMs?: number;
	/** As the model saw it, where it was asked for. */
	readonly prompt?: readonly PromptPart[] | undefined;
}

/** A control token by name, or a line of text. `tokens`: how many it has. */
export interface PromptPart {
	readonly kind: 'control' | 'text';
	readonly text: string;
	readonly tokens: number;
}
