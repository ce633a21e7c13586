import type { EvaluationContext } from './evaluationContext';
import type { EvaluationRecord } from './evaluationRecord';
import { share } from './gateCurve';

/** One context held against another on the same positions, which tells more than two shares with their intervals. */
export interface PairedContext {
	readonly context: EvaluationContext;
	readonly against: EvaluationContext;
	readonly positions: number;
	/** Positions where the first line is more, and less, like the author's. */
	readonly better: number;
	readonly worse: number;
	/** Mean change of the similarity, with its 95 % interval (normal). */
	readonly change: number;
	readonly low: number;
	readonly high: number;
}

/** The model's contexts, each against the first one that was asked. */
export function pairedContexts(records: readonly EvaluationRecord[]): readonly PairedContext[] {
	const ofModel = records.filter(({ predictor }) => predictor === 'model');
	const contexts = [...new Set(ofModel.map(({ context }) => context))];
	const [against, ...others] = contexts.map(context => ofModel.filter(record => record.context === context));
	return against === undefined ? [] : others.map(own => pair(own, against));
}

function pair(own: readonly EvaluationRecord[], against: readonly EvaluationRecord[]): PairedContext {
	const before = new Map(against.map(record => [placeOf(record), record]));
	const changes = own.flatMap(record => {
		const other = before.get(placeOf(record));
		return other === undefined ? [] : [record.ungated.judgement.similarity - other.ungated.judgement.similarity];
	});
	const change = mean(changes);
	const variance = mean(changes.map(one => (one - change) ** 2));
	const margin = changes.length === 0 ? 0 : 1.96 * Math.sqrt(variance / changes.length);
	return {
		context: own[0]?.context ?? 'none',
		against: against[0]?.context ?? 'none',
		positions: changes.length,
		better: changes.filter(one => one > 0).length,
		worse: changes.filter(one => one < 0).length,
		change,
		low: change - margin,
		high: change + margin,
	};
}

function placeOf({ repository, path, line, column, kind }: EvaluationRecord): string {
	return [repository, path, line, column, kind].join('\n');
}

function mean(values: readonly number[]): number {
	return share(
		values.reduce((sum, value) => sum + value, 0),
		values.length,
	);
}
