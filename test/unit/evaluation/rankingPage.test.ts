import assert from 'node:assert/strict';
import { gateReports, groupSummaries, type EvaluationReport } from '../../../src/core/evaluation/evaluationReport';
import { gateChart } from '../../../src/core/evaluation/gateChart';
import { compareModels } from '../../../src/core/evaluation/modelRanking';
import { rankingPage } from '../../../src/core/evaluation/rankingPage';
import { recordOf } from './sources';

function reportOf(name: string, said: string, more: Partial<EvaluationReport> = {}): EvaluationReport {
	const records = [recordOf(said, 'right()', { probability: 0.9, ms: 10 }), recordOf('', 'right()', { ms: 30 })];
	return {
		model: { name, family: 'mini', residentBytes: 123_000_000, fileBytes: 2_100_000 },
		seed: 3,
		without: [],
		isComplete: true,
		repositories: [{ name: 'repo', files: 2, positions: 2 }],
		groups: groupSummaries(records),
		gates: gateReports(records),
		filters: [],
		pairs: [],
		...more,
	};
}

const best = reportOf('<b>"best" & bold</b>', 'right()');
const other = reportOf('other', 'wrong()');
const refused = [{ path: '/a/<model>.gguf', because: 'It is no GGUF file & never was.' }];
const page = rankingPage(compareModels([other, best], refused), 'a-nonce');

/** The text that a person reads, cell by cell. */
function rowsOf(html: string): readonly (readonly string[])[] {
	return [...html.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = '']) =>
		[...row.matchAll(/<t[hd]>(.*?)<\/t[hd]>/g)].map(([, cell = '']) => cell),
	);
}

describe('the page of an evaluation', () => {
	it('ranks the models, best first', () => {
		const [head, first, second] = rowsOf(page);
		assert.deepEqual(head?.slice(0, 3), ['Model', 'Places', 'Exact line']);
		assert.equal(first?.[0], '&lt;b&gt;&quot;best&quot; &amp; bold&lt;/b&gt;');
		assert.equal(first[2], '50.0 %<br><small>9.5 % to 90.5 %</small>');
		assert.deepEqual(first.slice(5), ['30 ms', '2.1 MB', '123 MB']);
		assert.equal(second?.[0], 'other');
	});

	it('shows of each model what each level shows, and the chart that the command writes', () => {
		const levels = rowsOf(page).filter(([name]) => name === 'balanced');
		assert.equal(levels.length, 2);
		assert.deepEqual(levels[1]?.slice(1), ['50.0 %', '100.0 %', '100.0 %']);
		assert.ok(page.includes(gateChart(best)) && page.includes(gateChart(other)));
	});

	it('tells of what could not be asked, and keeps all figures', () => {
		assert.match(page, /<code>\/a\/&lt;model&gt;\.gguf<\/code>: It is no GGUF file &amp; never was\./);
		assert.match(page, /<details>.*<pre># Models, best first\n/);
		assert.doesNotMatch(page, /Cut off/);
	});

	it('says that it was cut off, and measures no memory of an engine that was', () => {
		const model = { ...other.model, residentBytes: 0 };
		const cut = rankingPage(compareModels([{ ...other, model, isComplete: false }], []), 'n');
		assert.match(cut, /<p role="status"><strong>Cut off before the end: the figures are of what was done\./);
		const [, row] = rowsOf(cut);
		assert.deepEqual([row?.[0], row?.at(-1)], ['other (cut off)', 'not measured']);
	});

	it('is a page where no model could be asked', () => {
		const nothing = rankingPage(compareModels([], refused), 'n');
		assert.match(nothing, /Not asked/);
		assert.doesNotMatch(nothing, /<table>|Cut off/);
	});

	it('runs nothing, loads nothing, and lets no name of a model be more than text', () => {
		assert.match(page, /content="default-src 'none'; style-src 'nonce-a-nonce'"/);
		assert.equal(page.split('nonce-a-nonce').length, 2);
		assert.match(page, /<style nonce="a-nonce">/);
		assert.doesNotMatch(page, /<script|<img|<a |<b>|\son\w+=|\sstyle=|(?:src|href)=/);
		assert.doesNotMatch(
			page.replace('http://www.w3.org/2000/svg', '').replace('http://www.w3.org/2000/svg', ''),
			/https?:/,
		);
	});
});
