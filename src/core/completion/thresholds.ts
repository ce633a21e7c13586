/** How sure the model must be: `eager` shows more, `quiet` less. */
export type ConfidenceLevel = 'eager' | 'balanced' | 'quiet';

export interface ConfidenceThreshold {
	/** The text ends before the first token less probable than this. */
	readonly token: number;
	/** Nothing is shown where the geometric mean over the tokens of the first line is below this. */
	readonly line: number;
}

/** The thresholds for one model, from bold to strict. Both figures grow from each level to the next. */
export interface ModelThresholds extends Readonly<Record<ConfidenceLevel, ConfidenceThreshold>> {
	/** Bounds of the taste: `eager` never moves below the boldest, `quiet` never above the strictest. */
	readonly boldest: ConfidenceThreshold;
	readonly strictest: ConfidenceThreshold;
}

/**
 * Read off the precision/coverage curve of sotto-nano with the local prior (bench/results/eval-sotto-nano.md, 3 000
 * positions): what `balanced` shows is right 59 % of the time (56 % with 95 % confidence), `eager` 51 %, `quiet` 68 %. They
 * were read off the curve of its predecessor, at 600 other positions (bench/results/prior.md).
 */
const sottoNano: ModelThresholds = {
	boldest: { token: 0.4, line: 0.5 },
	eager: { token: 0.5, line: 0.6 },
	balanced: { token: 0.7, line: 0.7 },
	quiet: { token: 0.8, line: 0.8 },
	strictest: { token: 0.85, line: 0.9 },
};

/** By the name in the GGUF's header. Another model has another curve: measured ones are added here. */
const measured: ReadonlyMap<string, ModelThresholds> = new Map([['sotto-nano', sottoNano]]);

/**
 * For a model that nobody has measured here, and before it is known which one runs: what the first model in the box needed
 * without the prior (bench/results/eval-sotto-mini-0.md), which has little say in other models.
 */
const unmeasured: ModelThresholds = {
	boldest: { token: 0.3, line: 0.4 },
	eager: { token: 0.4, line: 0.5 },
	balanced: { token: 0.6, line: 0.6 },
	quiet: { token: 0.7, line: 0.8 },
	strictest: { token: 0.8, line: 0.9 },
};

/** @param model `general.name` of its GGUF. */
export function thresholdsOf(model: string | undefined): ModelThresholds {
	return measured.get(model ?? '') ?? unmeasured;
}

const order = ['boldest', 'eager', 'balanced', 'quiet', 'strictest'] as const;

/** A level and its neighbours: as far as adapting to the user may go. */
export interface ThresholdRange {
	readonly least: ConfidenceThreshold;
	readonly usual: ConfidenceThreshold;
	readonly most: ConfidenceThreshold;
}

export function rangeOf(model: string | undefined, level: ConfidenceLevel): ThresholdRange {
	const own = thresholdsOf(model);
	const at = order.indexOf(level);
	return {
		least: own[order[at - 1] ?? level],
		usual: own[level],
		most: own[order[at + 1] ?? level],
	};
}

/** Below this the engine stops. Lower than the cut, which wants to see the token it cuts at: it may lie within a word. */
export function probabilityFloor({ token }: Pick<ConfidenceThreshold, 'token'>): number {
	return token / 2;
}
