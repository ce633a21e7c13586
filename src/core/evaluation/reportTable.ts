import { filterRows } from './filterAblation';
import type { EvaluationReport, GateReport, GroupSummary } from './evaluationReport';
import { percent, table } from './markdownTable';

/** The report as Markdown, for a terminal or a file. */
export function reportTable(report: EvaluationReport): string {
	const { model, seed, without, isComplete, repositories, groups, gates, filters, pairs } = report;
	const names = repositories.map(({ name, positions }) => `${name} (${positions})`).join(', ');
	return [
		`# ${model.name} on ${repositories.length === 1 ? 'one repository' : `${repositories.length} repositories`}`,
		isComplete ? '' : '\n**Cut off before the end: the figures are of what was done.**\n',
		`Positions by repository: ${names}. Seed ${seed}.${without.map(part => ` Without ${part}.`).join('')}`,
		'',
		'## Without the gate, as to a request by hand',
		'',
		"Exact line: the first line that is shown is the author's to its end, of all positions (95 % interval). Similarity:",
		'1 - Levenshtein distance / length, of that line. Accepted: characters that a simulated user takes over, reading one',
		'suggestion per position word by word up to the first wrong one, at least three characters; of all hidden characters.',
		'',
		...summaryTable(groups.filter(({ group }) => !group.includes(' '))),
		'',
		...pairSection(pairs),
		'## By kind of position',
		'',
		...summaryTable(groups.filter(({ group, predictor }) => group.includes(' ') && predictor === 'model')),
		...gates.filter(({ predictor }) => predictor === 'model').flatMap(gateSection),
		...filterSection(filters),
		'',
		'Bits per character are not in here: the engine tells the probability of what it chose, not of what the author wrote.',
		'',
	].join('\n');
}

function pairSection(pairs: EvaluationReport['pairs']): readonly string[] {
	if (pairs.length === 0) {
		return [];
	}
	return [
		'## Contexts, position by position',
		'',
		'Better, worse: positions where the first line is more, or less, like the author’s than with the other context. Change: of',
		'the mean similarity (95 % interval). A source whose interval includes 0 has not been shown to help.',
		'',
		...table(
			['context', 'against', 'positions', 'better', 'worse', 'change'],
			pairs.map(({ context, against, positions, better, worse, change, low, high }) => [
				context,
				against,
				String(positions),
				String(better),
				String(worse),
				`${change.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`,
			]),
		),
		'',
	];
}

function summaryTable(groups: readonly GroupSummary[]): readonly string[] {
	return table(
		['context', 'group', 'predictor', 'positions', 'shown', 'exact line', 'all exact', 'similarity', 'accepted', 'ms'],
		groups.map(one => [
			one.context,
			one.group,
			one.predictor,
			String(one.positions),
			percent(one.shown),
			`${percent(one.exactLine)} (${percent(one.exactLow)} to ${percent(one.exactHigh)})`,
			percent(one.exact),
			one.similarity.toFixed(3),
			percent(one.accepted),
			one.medianMs.toFixed(0),
		]),
	);
}

function gateSection({ context, levels, byMean, proposals }: GateReport): readonly string[] {
	return [
		'',
		`## The gate while typing, context: ${context}`,
		'',
		'Right: nothing in the suggestion is wrong and it does not end within a word; exact: the whole line is right. Of shown.',
		'',
		...table(
			['level', 'language', 'token', 'line', 'shown', 'right', 'at least', 'exact', 'accepted'],
			levels.map(one => [one.level, one.language, ...thresholdCells(one), ...outcomeCells(one)]),
		),
		'',
		'Precision and coverage by the mean probability of the line alone:',
		'',
		...table(
			['mean', 'shown', 'right', 'at least', 'exact', 'accepted'],
			byMean.map(one => [one.threshold.toFixed(2), ...outcomeCells(one)]),
		),
		'',
		'Thresholds that let most be accepted with so many right; chosen on half of the positions, checked on the other half:',
		'',
		...table(
			['wanted', 'token', 'line', 'right where chosen', 'shown', 'right', 'at least', 'exact', 'accepted'],
			proposals.map(one => [
				percent(one.leastRight),
				...thresholdCells(one.threshold),
				percent(one.chosenOn.right),
				...outcomeCells(one.checkedOn),
			]),
		),
	];
}

function filterSection(filters: EvaluationReport['filters']): readonly string[] {
	const [head = [], ...rows] = filterRows(filters);
	return [
		'',
		'## What each filter is good for',
		'',
		"The model's answers without the gate, run through the filters with and without each (without → with; one number: no",
		'difference). Closers: the same answers where the editor has closed what the line opened, which the model has not seen.',
		'Right: of what is shown. Unbalanced: accepting leaves brackets or quotes worse than they were.',
		'',
		...table(head, rows),
	];
}

function thresholdCells({ token, line }: { readonly token: number; readonly line: number }): readonly string[] {
	return [token.toFixed(2), line.toFixed(2)];
}

function outcomeCells(one: {
	readonly shown: number;
	readonly right: number;
	readonly rightAtLeast: number;
	readonly exactLine: number;
	readonly accepted: number;
}): readonly string[] {
	return [one.shown, one.right, one.rightAtLeast, one.exactLine, one.accepted].map(percent);
}
