import type { InfillingKind } from './infillingTask';

/**
 * How the model is asked. `greedy`: the likeliest text, token by token. `ranked`: as the product answers who asks by hand, which
 * may choose among several answers.
 */
export const fillModes = ['greedy', 'ranked'] as const;
export type FillMode = (typeof fillModes)[number];

/** How the program with the fill ended. `error` names the Python exception, where there was one. */
export interface Verdict {
	readonly outcome: 'passed' | 'failed' | 'timeout';
	readonly error?: string;
}

/** One fill of one task, without any of the task's text. */
export interface InfillingRecord {
	readonly task: string;
	readonly kind: InfillingKind;
	readonly mode: FillMode;
	readonly verdict: Verdict;
	/** The accepted suggestion makes the author's file. */
	readonly isExact: boolean;
	readonly similarity: number;
	/** How much the model was asked for. */
	readonly extent: 'line' | 'block';
	readonly stopReason: string;
	/** Why nothing was suggested; empty where something was. */
	readonly silence: string;
	readonly promptTokens: number;
	readonly evaluatedTokens: number;
	readonly generatedTokens: number;
	readonly ms: number;
	/** The suggested text, where it is kept: it may be the author's text. */
	readonly fill?: string;
}
