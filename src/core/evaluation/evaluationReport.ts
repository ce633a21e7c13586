import type { EnginePart } from '../completion/completionEngine';
import { thresholdsOf, type ConfidenceLevel, type ConfidenceThreshold } from '../completion/thresholds';
import type { EvaluationContext } from './evaluationContext';
import type { EvaluationRecord } from './evaluationRecord';
import type { FilterReport } from './filterAblation';
import {
	gateCurve,
	gateOutcome,
	proposeThreshold,
	type CurvePoint,
	type GateOutcome,
	type Proposal,
} from './gateCurve';
import type { PairedContext } from './pairedContexts';
import { groupBy, isShown, summarise, type Summary } from './summary';

/** All that an evaluation found, without the texts of the repository. What `--json` prints. */
export interface EvaluationReport {
	/** `residentBytes`: memory of the engine process when all was asked. */
	readonly model: {
		readonly name: string;
		readonly family: string;
		readonly fileBytes: number;
		readonly residentBytes: number;
	};
	readonly seed: number;
	/** Parts of the engine that were left out. */
	readonly without: readonly EnginePart[];
	/** False when it was cut off: then it speaks for what was done only. */
	readonly isComplete: boolean;
	readonly repositories: readonly { readonly name: string; readonly files: number; readonly positions: number }[];
	readonly groups: readonly GroupSummary[];
	/** The model's other contexts against its first one. */
	readonly pairs: readonly PairedContext[];
	/** On all positions, for each predictor with each context. Baselines are as sure as their counts. */
	readonly gates: readonly GateReport[];
	/** The effect of each filter on the model's answers, without the gate. */
	readonly filters: readonly FilterReport[];
	readonly records?: readonly EvaluationRecord[];
}

export interface GroupSummary extends Summary {
	readonly predictor: string;
	readonly context: EvaluationContext;
	/** `all`, a language, or a language and a kind of position: `python token`. */
	readonly group: string;
}

export interface GateReport {
	readonly predictor: string;
	readonly context: EvaluationContext;
	/** The suggestions that the product shows while typing, at each level of the setting. */
	readonly levels: readonly (GateOutcome &
		ConfidenceThreshold & { readonly level: ConfidenceLevel; readonly language: string })[];
	readonly byMean: readonly CurvePoint[];
	readonly byLeast: readonly CurvePoint[];
	readonly proposals: readonly Proposal[];
}

/** Least share of right ones among those shown for which thresholds are proposed; `balanced` is to have half. */
const wanted = [0.4, 0.5, 0.55, 0.6, 0.7] as const;
const levels = ['eager', 'balanced', 'quiet'] as const;

export function groupSummaries(records: readonly EvaluationRecord[]): readonly GroupSummary[] {
	return [...groupBy(records, ({ predictor, context }) => `${context} ${predictor}`).values()].flatMap(own => {
		const { predictor, context } = own[0] ?? { predictor: '', context: 'none' };
		const groups: readonly (readonly [string, readonly EvaluationRecord[]])[] = [
			['all', own],
			...groupBy(own, ({ language }) => language),
			...groupBy(own, ({ language, kind }) => `${language} ${kind}`),
		];
		return groups
			.toSorted(([a], [b]) => Number(b === 'all') - Number(a === 'all') || (a < b ? -1 : 1))
			.map(([group, members]) => ({ predictor, context, group, ...summarise(members) }));
	});
}

/** @param model whose thresholds the levels have. */
export function gateReports(records: readonly EvaluationRecord[], model?: string): readonly GateReport[] {
	return [...groupBy(records, ({ predictor, context }) => `${context} ${predictor}`).values()].map(own => ({
		predictor: own[0]?.predictor ?? '',
		context: own[0]?.context ?? 'none',
		levels: [['all', own] as const, ...groupBy(own, ({ language }) => language)].flatMap(([language, members]) =>
			levels.map(level => ({ level, language, ...thresholdsOf(model)[level], ...outcomeOfLevel(members, level) })),
		),
		byMean: gateCurve(own, 'mean'),
		byLeast: gateCurve(own, 'least'),
		proposals: wanted.map(leastRight => proposeThreshold(own, leastRight)).filter(proposal => proposal !== undefined),
	}));
}

function outcomeOfLevel(records: readonly EvaluationRecord[], level: ConfidenceLevel): GateOutcome {
	const shown = records.map(({ gated }) => gated[level]);
	return gateOutcome(
		records,
		shown.map(one => (isShown(one) ? one.judgement : undefined)),
	);
}
