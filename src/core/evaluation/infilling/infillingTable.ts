import { percent, table } from '../markdownTable';
import type { InfillingReport, InfillingSummary } from './infillingReport';

const head = [
	'hole',
	'fill',
	'tasks',
	'pass@1 (95 %)',
	'exact',
	'similarity',
	'asked for a block',
	'silent',
	'timed out',
	'prompt',
	'evaluated',
	'written',
	'ms',
] as const;

/** For a person and for a document. */
export function infillingTable(report: InfillingReport): string {
	const { model, data, every, offset, without, extent, sandbox, isComplete, summaries } = report;
	const which = every === 1 ? 'all tasks' : `one of ${every} tasks from task ${offset} on`;
	const left = without.length === 0 ? '' : `, without ${without.join(' and ')}`;
	const size = extent === 'auto' ? '' : `, always asked for a ${extent}`;
	return [
		`# ${model.name} on HumanEval-infilling`,
		'',
		`${data.map(({ name }) => name).join(', ')}, ${which}${left}${size}.${isComplete ? '' : ' **Ended early.**'}`,
		'',
		...table(head, summaries.map(row)),
		'',
		`Tokens are means, milliseconds the median. The fills were run ${sandbox}.`,
		'',
	].join('\n');
}

function row(summary: InfillingSummary): readonly string[] {
	const { kind, mode, tasks, passed, passedLow, passedHigh, similarity } = summary;
	const { promptTokens, evaluatedTokens, generatedTokens, medianMs } = summary;
	return [
		kind,
		mode,
		String(tasks),
		`${percent(passed)} (${percent(passedLow)} to ${percent(passedHigh)})`,
		percent(summary.exact),
		similarity.toFixed(3),
		percent(summary.blocks),
		percent(summary.silent),
		percent(summary.timeouts),
		...[promptTokens, evaluatedTokens, generatedTokens].map(tokens => tokens.toFixed(1)),
		String(Math.round(medianMs)),
	];
}
