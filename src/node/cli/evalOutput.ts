import { writeFile } from 'node:fs/promises';
import { comparisonTable } from '../../core/evaluation/comparisonTable';
import type { EvaluationReport } from '../../core/evaluation/evaluationReport';
import { gateChart } from '../../core/evaluation/gateChart';
import type { InfillingReport } from '../../core/evaluation/infilling/infillingReport';
import type { ModelComparison } from '../../core/evaluation/modelRanking';
import { reportTable } from '../../core/evaluation/reportTable';

/** The results of an evaluation, in the forms in which they are printed and kept. */
export interface EvalOutput {
	readonly json: string;
	readonly markdown: string;
	/** SVG, one for each model. */
	readonly charts: readonly string[];
}

export function ofOne(report: EvaluationReport): EvalOutput {
	return { json: toJson(report), markdown: reportTable(report), charts: [gateChart(report)] };
}

export function ofSeveral(comparison: ModelComparison): EvalOutput {
	const charts = comparison.reports.map(gateChart);
	return { json: toJson(comparison), markdown: comparisonTable(comparison), charts };
}

/** @param out path without extension; the charts of the second model and those behind it get a number. */
export async function writeOutput({ json, markdown, charts }: EvalOutput, out: string): Promise<void> {
	await writeFile(`${out}.json`, `${json}\n`);
	await writeFile(`${out}.md`, markdown);
	for (const [index, chart] of charts.entries()) {
		await writeFile(index === 0 ? `${out}.svg` : `${out}-${index + 1}.svg`, chart);
	}
}

/** Five digits are more than the figures are worth. */
export function toJson(report: EvaluationReport | ModelComparison | InfillingReport): string {
	return JSON.stringify(
		report,
		(_, value: unknown) => (typeof value === 'number' ? Math.round(value * 1e5) / 1e5 : value),
		'\t',
	);
}
