import { escapeMarkup } from '../text/escapeMarkup';
import { comparisonTable } from './comparisonTable';
import type { EvaluationReport } from './evaluationReport';
import { gateChart } from './gateChart';
import { percent } from './markdownTable';
import type { ModelComparison, RankedModel } from './modelRanking';

/**
 * Several models as a page of an editor: the ranking, what could not be asked, and of each model the chart and what the
 * levels of the setting show. Static: no script, no link, no image, so the policy can forbid all but its own style.
 * @param nonce of this page only.
 */
export function rankingPage(comparison: ModelComparison, nonce: string): string {
	const { ranking, refused, reports } = comparison;
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Models on my code</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<h1>Models on your code, best first</h1>
${reports.every(({ isComplete }) => isComplete) ? '' : '<p role="status"><strong>Cut off before the end: the figures are of what was done.</strong></p>'}
<p>Text was hidden at places of your workspace, and each model was asked for it, all at the same places and by the way your typing takes.
Exact line: the first line that it wrote is the author’s to its end (95 % interval: where two overlap, the order may be chance).
Taken over: characters that a reader would take, word by word up to the first wrong one, of all that were hidden.</p>
${table(rankingHead, ranking.map(rankingRow))}
${refusals(refused)}
${reports.map(modelSection).join('\n')}
<details><summary>All figures, as Markdown</summary><pre>${escapeMarkup(comparisonTable(comparison))}</pre></details>
</body>
</html>
`;
}

const rankingHead = ['Model', 'Places', 'Exact line', 'Similarity', 'Taken over', 'Time', 'File', 'Memory'] as const;

function rankingRow(one: RankedModel): readonly string[] {
	return [
		one.isComplete ? one.name : `${one.name} (cut off)`,
		String(one.positions),
		`${percent(one.exactLine)}\n${percent(one.exactLow)} to ${percent(one.exactHigh)}`,
		one.similarity.toFixed(2),
		percent(one.accepted),
		`${one.medianMs.toFixed(0)} ms`,
		megabytes(one.fileBytes),
		one.isComplete ? megabytes(one.residentBytes) : 'not measured',
	];
}

function megabytes(bytes: number): string {
	return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}

function refusals(refused: ModelComparison['refused']): string {
	const items = refused.map(
		({ path, because }) => `<li><code>${escapeMarkup(path)}</code>: ${escapeMarkup(because)}</li>`,
	);
	return items.length === 0 ? '' : `<h2>Not asked</h2><ul>${items.join('')}</ul>`;
}

function modelSection(report: EvaluationReport): string {
	const { model, gates } = report;
	const levels = gates
		.filter(({ predictor }) => predictor === 'model')
		.flatMap(gate => gate.levels.filter(({ language }) => language === 'all'));
	const rows = levels.map(({ level, shown, right, exactLine }) => [
		level,
		percent(shown),
		...(shown === 0 ? ['–', '–'] : [percent(right), percent(exactLine)]),
	]);
	return `<h2>${escapeMarkup(model.name)}</h2>
<p>What you see while you type, at each level of <code>sotto.completion.confidence</code>:</p>
${table(['Level', 'Shown at', 'Nothing wrong in', 'Exact line in'], rows)}
<figure role="img" aria-label="The surer ${escapeMarkup(model.name)} has to be, the less it shows and the more of that is right">
${gateChart(report)}<figcaption>Right: nothing wrong in it. Each point of a line is a threshold: on how sure the model is of its first line on the mean (drawn
through), or of the token it is least sure of (dashed).</figcaption></figure>`;
}

/** Text after a line end in a cell is shown below the first line, in small print. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const cells = (row: readonly string[], tag: string): string =>
		`<tr>${row.map(cell => `<${tag}>${escapeMarkup(cell).replace(/\n(.*)/, '<br><small>$1</small>')}</${tag}>`).join('')}</tr>`;
	const body = rows.map(row => cells(row, 'td')).join('');
	return rows.length === 0
		? ''
		: `<div class="wide"><table><thead>${cells(head, 'th')}</thead><tbody>${body}</tbody></table></div>`;
}

const style = `
body { max-width: 52rem; margin: 0; padding: 1rem 1.25rem 2rem; color: var(--vscode-editor-foreground);
	background: var(--vscode-editor-background); font: var(--vscode-font-size)/1.5 var(--vscode-font-family); }
h1 { margin: 0 0 0.5rem; font-size: 1.25em; font-weight: 600; }
h2 { margin: 1.75rem 0 0.5rem; font-size: 1.1em; font-weight: 600; }
p { margin: 0 0 0.75rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
td, small { white-space: nowrap; }
small { color: var(--vscode-descriptionForeground); }
th, td { padding: 0.25rem 0.6rem; text-align: right; vertical-align: top;
	border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent)); }
th { font-weight: 600; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
figure { margin: 1rem 0 0; max-width: 40rem; overflow-x: auto; }
svg { display: block; width: 100%; min-width: 30rem; height: auto; }
figcaption { color: var(--vscode-descriptionForeground); }
code, pre { font-family: var(--vscode-editor-font-family); font-size: var(--vscode-editor-font-size); }
li code { overflow-wrap: anywhere; }
details { margin-top: 2rem; }
summary { cursor: pointer; }
pre { overflow-x: auto; }
`;
