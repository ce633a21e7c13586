import type { EvaluationReport } from '../../src/core/evaluation/evaluationReport';
import { wilsonInterval } from '../../src/core/evaluation/interval';
import { percent, table } from '../../src/core/evaluation/markdownTable';

/** The results of `npm run eval` for one language of one set, with other files open. */
export interface SetResult {
	readonly set: string;
	readonly language: string;
	readonly report: EvaluationReport;
}

interface Row {
	readonly set: string;
	readonly language: string;
	readonly predictor: string;
	readonly positions: number;
	readonly exactLine: number;
	readonly similarity: number;
	readonly accepted: number;
	readonly shown: number;
	readonly right: number;
	readonly medianMs: number;
}

const head = [
	'set',
	'language',
	'who',
	'positions',
	'exact line (95 %)',
	'similarity',
	'accepted',
	'`balanced` shows',
	'right',
	'ms',
] as const;

/** A row for each language, and one for each set over all of its languages, which count alike position by position. */
export function setTable(results: readonly SetResult[]): string {
	const rows = results.flatMap(rowsOf);
	const groups = new Map<string, Row[]>();
	for (const row of rows) {
		const key = `${row.set} ${row.predictor}`;
		groups.set(key, [...(groups.get(key) ?? []), row]);
	}
	const all = [...groups.values()].flatMap(group => together(group));
	return table(head, [...rows, ...all].map(cells)).join('\n');
}

function rowsOf({ set, language, report }: SetResult): readonly Row[] {
	const level = report.gates[0]?.levels.find(one => one.level === 'balanced' && one.language === 'all');
	return report.groups
		.filter(({ group }) => group === 'all')
		.map(({ predictor, positions, exactLine, similarity, accepted, medianMs }) => {
			const gate = predictor === 'model' ? level : undefined;
			const { shown = 0, right = 0 } = gate ?? {};
			return { set, language, predictor, positions, exactLine, similarity, accepted, shown, right, medianMs };
		});
}

function together(rows: readonly Row[]): readonly Row[] {
	const [first] = rows;
	if (first === undefined || rows.length < 2) {
		return [];
	}
	const positions = rows.reduce((sum, row) => sum + row.positions, 0);
	const mean = (of: (row: Row) => number, weight: (row: Row) => number = row => row.positions): number => {
		const weights = rows.reduce((sum, row) => sum + weight(row), 0);
		return weights === 0 ? 0 : rows.reduce((sum, row) => sum + of(row) * weight(row), 0) / weights;
	};
	return [
		{
			...first,
			language: 'all',
			positions,
			exactLine: mean(row => row.exactLine),
			similarity: mean(row => row.similarity),
			accepted: mean(row => row.accepted),
			shown: mean(row => row.shown),
			right: mean(
				row => row.right,
				row => row.shown * row.positions,
			),
			medianMs: mean(row => row.medianMs),
		},
	];
}

function cells(row: Row): readonly string[] {
	const { low, high } = wilsonInterval(Math.round(row.exactLine * row.positions), row.positions);
	const isModel = row.predictor === 'model';
	return [
		row.set,
		row.language,
		row.predictor,
		String(row.positions),
		`${percent(row.exactLine)} (${percent(low)} to ${percent(high)})`,
		row.similarity.toFixed(3),
		percent(row.accepted),
		isModel ? percent(row.shown) : '',
		isModel ? percent(row.right) : '',
		String(Math.round(row.medianMs)),
	];
}
