import type { ConfidenceThreshold } from '../completion/thresholds';
import type { EvaluationRecord } from './evaluationRecord';
import { tokenThresholds, type GateTrial } from './gateTrials';
import { wilsonInterval } from './interval';
import type { Judgement } from './judge';

/** The results of one setting of the gate. Shares from 0 to 1. */
export interface GateOutcome {
	readonly positions: number;
	readonly shown: number;
	/** Nothing wrong in them; `rightAtLeast` is the low end of the 95 % interval. Of those shown. */
	readonly right: number;
	readonly rightAtLeast: number;
	/** The first line exactly the author's. Of those shown. */
	readonly exactLine: number;
	/** Characters that the simulated user takes over, of all that were hidden. */
	readonly accepted: number;
}

export interface CurvePoint extends GateOutcome {
	readonly threshold: number;
}

export interface ThresholdOutcome extends GateOutcome, ConfidenceThreshold {}

const steps = Array.from({ length: 20 }, (_, index) => index / 20);
export const lineThresholds: readonly number[] = [...steps, 0.97, 0.99];

/** @param shown one for each record: `undefined` where nothing is shown. */
export function gateOutcome(
	records: readonly Pick<EvaluationRecord, 'hiddenCharacters'>[],
	shown: readonly (Judgement | undefined)[],
): GateOutcome {
	const judgements = shown.filter(judgement => judgement !== undefined);
	const right = judgements.filter(({ isRight }) => isRight).length;
	const hidden = records.reduce((sum, { hiddenCharacters }) => sum + hiddenCharacters, 0);
	const accepted = judgements.reduce((sum, judgement) => sum + judgement.accepted, 0);
	return {
		positions: records.length,
		shown: share(judgements.length, records.length),
		right: share(right, judgements.length),
		rightAtLeast: judgements.length === 0 ? 0 : wilsonInterval(right, judgements.length).low,
		exactLine: share(judgements.filter(({ isExactLine }) => isExactLine).length, judgements.length),
		accepted: share(accepted, hidden),
	};
}

/** How often something is shown and how often that is right, by a threshold on the first line's mean or least probability. */
export function gateCurve(records: readonly EvaluationRecord[], by: 'mean' | 'least'): readonly CurvePoint[] {
	return lineThresholds.map(threshold => {
		const pick = ({ trials }: EvaluationRecord): GateTrial | undefined =>
			trials.find(trial => trial.token === 0 && trial[by] >= threshold);
		return {
			threshold,
			...gateOutcome(
				records,
				records.map(record => pick(record)?.judgement),
			),
		};
	});
}

/** Every combination of the two thresholds that the product's gate has. */
export function gateGrid(records: readonly EvaluationRecord[]): readonly ThresholdOutcome[] {
	return tokenThresholds.flatMap(token =>
		lineThresholds.map(line => ({ token, line, ...outcomeAt(records, { token, line }) })),
	);
}

export function outcomeAt(records: readonly EvaluationRecord[], { token, line }: ConfidenceThreshold): GateOutcome {
	const shown = records.map(({ trials }) => {
		const trial = trials.find(one => one.token === token);
		return trial === undefined || trial.mean < line ? undefined : trial.judgement;
	});
	return gateOutcome(records, shown);
}

/** Fewer suggestions than this prove nothing about a setting. */
const fewestShown = 30;

/** A threshold, what it gave where it was chosen, and what it gives on positions that had no say in the choice. */
export interface Proposal {
	/** The least share of right ones that was asked for. */
	readonly leastRight: number;
	readonly threshold: ConfidenceThreshold;
	readonly chosenOn: GateOutcome;
	readonly checkedOn: GateOutcome;
}

/**
 * The thresholds under which the simulated user takes over most, among those where so many of the shown are right; chosen
 * on every second record, checked on the others. `undefined` where no threshold is good enough.
 */
export function proposeThreshold(records: readonly EvaluationRecord[], leastRight: number): Proposal | undefined {
	const half = (parity: number): readonly EvaluationRecord[] => records.filter((_, index) => index % 2 === parity);
	const good = gateGrid(half(0)).filter(
		({ right, shown, positions }) => right >= leastRight && shown * positions >= fewestShown,
	);
	const best = good.toSorted((a, b) => b.accepted - a.accepted || b.shown - a.shown || b.right - a.right)[0];
	if (best === undefined) {
		return undefined;
	}
	const { token, line, ...chosenOn } = best;
	return { leastRight, threshold: { token, line }, chosenOn, checkedOn: outcomeAt(half(1), { token, line }) };
}

export function share(part: number, whole: number): number {
	return whole === 0 ? 0 : part / whole;
}
