import type { EditorPlace } from '../rival/llamaVscode';

/** The cost of one keystroke on one of the two sides. Times in milliseconds. */
export interface KeyCost {
	/** From the request to the whole first suggestion. */
	readonly wall: number;
	readonly processor: number;
	/** From the request to the first token; the rival answers with the whole. */
	readonly first: number;
	/** Tokens of the whole prompt. */
	readonly prompt: number;
	/** Tokens of the prompt that were evaluated. */
	readonly evaluated: number;
	readonly generated: number;
}

/** One of the two that are compared: warm, with a model loaded. */
export interface Side {
	/** Asks for a suggestion of so many tokens at one place and measures it. */
	press(place: EditorPlace, tokens: number): Promise<KeyCost>;
	stop(): Promise<void>;
}
