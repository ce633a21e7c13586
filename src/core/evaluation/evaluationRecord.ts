import type { PlaceReason } from '../completion/silenceReasons';
import type { StopReason } from '../completion/stopReason';
import type { ConfidenceLevel } from '../completion/thresholds';
import type { EvaluationContext } from './evaluationContext';
import type { FilterTrial } from './filterTrials';
import type { GateTrial } from './gateTrials';
import type { Judgement } from './judge';
import type { PositionKind } from './positions';

/** The result of one predictor at one position. */
export interface EvaluationRecord {
	readonly predictor: string;
	readonly context: EvaluationContext;
	readonly repository: string;
	readonly path: string;
	/** From 1; columns count UTF-16 units. */
	readonly line: number;
	readonly column: number;
	readonly kind: PositionKind;
	readonly language: string;
	/** The author's text there, and how many characters of it somebody types. */
	readonly hidden: string;
	readonly hiddenCharacters: number;
	/** All that the model said. */
	readonly modelText: string;
	readonly tokens: readonly { readonly text: string; readonly probability: number }[];
	/** `not-asked`: the outcome was clear before the model. */
	readonly stopReason: StopReason | 'not-asked';
	readonly promptTokens: number;
	readonly evaluatedTokens: number;
	/** Why the model is not asked here while typing; empty where the gate and the filters decide. */
	readonly silence: PlaceReason | '';
	/** As for a request by hand: after the filters, without the gate. Empty for nothing. */
	readonly ungated: Shown;
	/** As while typing, at each level of the setting. */
	readonly gated: Readonly<Record<ConfidenceLevel, Shown>>;
	/** The gate at other thresholds than the levels'. */
	readonly trials: readonly GateTrial[];
	/** The results of the filters on the model's answer, without the gate. */
	readonly filters: readonly FilterTrial[];
	/** Time for the model's answer. Not comparable between machines, and warm: positions of one file follow each other. */
	readonly ms: number;
}

export interface Shown {
	readonly text: string;
	readonly judgement: Judgement;
}
