import { filters } from '../postprocess/pipeline';
import type { EvaluationContext } from './evaluationContext';
import type { EvaluationRecord } from './evaluationRecord';
import type { FilterOutcome, FilterTrial } from './filterTrials';
import { share } from './gateCurve';
import { percent } from './markdownTable';

/** The effect of one filter: shares of all positions, with the filter as in the product and without it. */
export interface FilterReport {
	readonly context: EvaluationContext;
	readonly situation: FilterTrial['situation'];
	readonly positions: number;
	/** Empty for the line that tells of all filters together. */
	readonly filter: string;
	/** It changed or dropped the text. */
	readonly fired: number;
	/** Positions at which it decides what comes out: another line, another verdict. */
	readonly decided: number;
	readonly shown: Difference;
	readonly exactLine: Difference;
	/** The share of right suggestions among those that are shown. */
	readonly right: Difference;
	readonly unbalanced: Difference;
}

export interface Difference {
	readonly with: number;
	readonly without: number;
}

/** For the model only: baselines say what stands in the files, so that there is less to mend. */
export function filterReports(records: readonly EvaluationRecord[]): readonly FilterReport[] {
	const asked = records.filter(({ predictor }) => predictor === 'model');
	const contexts = [...new Set(asked.map(({ context }) => context))];
	return contexts.flatMap(context =>
		(['open', 'closed'] as const).flatMap(situation => {
			const trials = asked
				.filter(record => record.context === context)
				.flatMap(record => record.filters.filter(trial => trial.situation === situation));
			return trials.length === 0
				? []
				: ['', ...filters.map(({ name }) => name)].map(filter => ({
						context,
						situation,
						...reportOf(filter, trials),
					}));
		}),
	);
}

function reportOf(filter: string, trials: readonly FilterTrial[]): Omit<FilterReport, 'context' | 'situation'> {
	const pairs = trials.map(({ all, without }) => ({ all, left: without[filter] ?? all }));
	const fired = trials.filter(({ without }) =>
		filter === '' ? Object.keys(without).length > 0 : filter in without,
	).length;
	const difference = (is: (outcome: FilterOutcome) => boolean): Difference => ({
		with: share(pairs.filter(({ all }) => is(all)).length, pairs.length),
		without: share(pairs.filter(({ left }) => is(left)).length, pairs.length),
	});
	const shown = difference(({ isShown }) => isShown);
	const right = difference(({ isRight }) => isRight);
	return {
		positions: trials.length,
		filter,
		fired: share(fired, trials.length),
		decided: share(pairs.filter(({ all, left }) => !isSame(all, left)).length, trials.length),
		shown,
		exactLine: difference(({ isExactLine }) => isExactLine),
		right: { with: share(right.with, shown.with), without: share(right.without, shown.without) },
		unbalanced: difference(({ isUnbalanced }) => isUnbalanced),
	};
}

function isSame(a: FilterOutcome, b: FilterOutcome): boolean {
	return (
		a.isShown === b.isShown &&
		a.isExactLine === b.isExactLine &&
		a.isRight === b.isRight &&
		a.isUnbalanced === b.isUnbalanced
	);
}

/** As rows of a Markdown table, the head first. */
export function filterRows(reports: readonly FilterReport[]): readonly (readonly string[])[] {
	const head = [
		'context',
		'right of the cursor',
		'filter',
		'fired',
		'decided',
		'shown',
		'exact line',
		'right',
		'unbalanced',
	];
	return [
		head,
		...reports.map(one => [
			one.context,
			one.situation === 'open' ? 'nothing' : 'closers',
			one.filter === '' ? `all (${one.positions})` : one.filter,
			percent(one.fired),
			one.filter === '' ? '' : percent(one.decided),
			...[one.shown, one.exactLine, one.right, one.unbalanced].map(difference),
		]),
	];
}

function difference({ with: having, without }: Difference): string {
	return having === without ? percent(having) : `${percent(without)} → ${percent(having)}`;
}
