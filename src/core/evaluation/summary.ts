import type { EvaluationRecord, Shown } from './evaluationRecord';
import { share } from './gateCurve';
import { wilsonInterval } from './interval';

/** How good one predictor was on a group of positions, as to requests by hand: no gate. Shares from 0 to 1. */
export interface Summary {
	readonly positions: number;
	/** Something was left after the filters. */
	readonly shown: number;
	/** The first line is exactly the author's; of all positions, with the 95 % interval. */
	readonly exactLine: number;
	readonly exactLow: number;
	readonly exactHigh: number;
	/** All that was hidden, to the character. */
	readonly exact: number;
	/** Mean over all positions, 0 where nothing is shown. */
	readonly similarity: number;
	/** Characters that the simulated user takes over, of all hidden. */
	readonly accepted: number;
	/** Median time of an answer. */
	readonly medianMs: number;
}

export function summarise(records: readonly EvaluationRecord[]): Summary {
	const judgements = records.map(({ ungated }) => ungated.judgement);
	const exactLines = judgements.filter(({ isExactLine }) => isExactLine).length;
	const { low, high } = wilsonInterval(exactLines, records.length);
	const hidden = sum(records.map(({ hiddenCharacters }) => hiddenCharacters));
	return {
		positions: records.length,
		shown: share(records.filter(({ ungated }) => isShown(ungated)).length, records.length),
		exactLine: share(exactLines, records.length),
		exactLow: low,
		exactHigh: high,
		exact: share(judgements.filter(({ isExact }) => isExact).length, records.length),
		similarity: share(sum(judgements.map(({ similarity }) => similarity)), records.length),
		accepted: share(sum(judgements.map(({ accepted }) => accepted)), hidden),
		medianMs: median(records.map(({ ms }) => ms)),
	};
}

export function isShown({ text }: Shown): boolean {
	return text !== '';
}

/** In the order in which the keys come first. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
	const groups = new Map<string, T[]>();
	for (const item of items) {
		const group = groups.get(keyOf(item));
		if (group === undefined) {
			groups.set(keyOf(item), [item]);
		} else {
			group.push(item);
		}
	}
	return groups;
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
