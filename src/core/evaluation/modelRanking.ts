import type { EvaluationContext } from './evaluationContext';
import type { EvaluationReport, GroupSummary } from './evaluationReport';

/** One model in one context, on all positions. */
export interface RankedModel extends Pick<
	GroupSummary,
	'positions' | 'exactLine' | 'exactLow' | 'exactHigh' | 'similarity' | 'accepted' | 'medianMs'
> {
	readonly name: string;
	readonly context: EvaluationContext;
	readonly fileBytes: number;
	readonly residentBytes: number;
	readonly isComplete: boolean;
}

/** A model that could not be asked, and the sentence that says why. */
export interface RefusedModel {
	readonly path: string;
	readonly because: string;
}

/** Several models on the same positions. What `--json` prints of them. */
export interface ModelComparison {
	/** Best first. */
	readonly ranking: readonly RankedModel[];
	readonly refused: readonly RefusedModel[];
	readonly reports: readonly EvaluationReport[];
}

export function compareModels(reports: readonly EvaluationReport[], refused: readonly RefusedModel[]): ModelComparison {
	return { ranking: rankModels(reports), refused, reports };
}

/** By exact lines, then by similarity; of equals the faster one first. */
export function rankModels(reports: readonly EvaluationReport[]): readonly RankedModel[] {
	return reports
		.flatMap(({ model, isComplete, groups }) =>
			groups
				.filter(({ predictor, group }) => predictor === 'model' && group === 'all')
				.map(summary => rankedModel(summary, { ...model, isComplete })),
		)
		.toSorted((a, b) => b.exactLine - a.exactLine || b.similarity - a.similarity || a.medianMs - b.medianMs);
}

function rankedModel(
	{ context, positions, exactLine, exactLow, exactHigh, similarity, accepted, medianMs }: GroupSummary,
	{ name, fileBytes, residentBytes, isComplete }: EvaluationReport['model'] & Pick<EvaluationReport, 'isComplete'>,
): RankedModel {
	const figures = { positions, exactLine, exactLow, exactHigh, similarity, accepted, medianMs };
	return { name, context, ...figures, fileBytes, residentBytes, isComplete };
}
