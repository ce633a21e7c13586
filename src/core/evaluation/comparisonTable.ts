import { percent, table } from './markdownTable';
import type { ModelComparison } from './modelRanking';
import { reportTable } from './reportTable';

/** Several models as Markdown: the ranking, what could not be asked, then the report of each. */
export function comparisonTable({ ranking, refused, reports }: ModelComparison): string {
	return [
		'# Models, best first',
		'',
		'By exact lines of all positions (95 % interval): where the intervals overlap, the order may be chance.',
		'',
		...table(
			['model', 'context', 'positions', 'exact line', 'similarity', 'accepted', 'ms', 'file MB', 'memory MB'],
			ranking.map(one => [
				one.isComplete ? one.name : `${one.name} (cut off)`,
				one.context,
				String(one.positions),
				`${percent(one.exactLine)} (${percent(one.exactLow)} to ${percent(one.exactHigh)})`,
				one.similarity.toFixed(3),
				percent(one.accepted),
				one.medianMs.toFixed(0),
				megabytes(one.fileBytes),
				megabytes(one.residentBytes),
			]),
		),
		...(refused.length === 0
			? []
			: ['', 'Not asked:', '', ...refused.map(({ path, because }) => `- ${path}: ${because}`)]),
		...reports.flatMap(report => ['', reportTable(report)]),
	].join('\n');
}

function megabytes(bytes: number): string {
	return (bytes / 1_000_000).toFixed(0);
}
