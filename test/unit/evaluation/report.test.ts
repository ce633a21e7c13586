import assert from 'node:assert/strict';
import { gateReports, groupSummaries, type EvaluationReport } from '../../../src/core/evaluation/evaluationReport';
import { gateChart } from '../../../src/core/evaluation/gateChart';
import { pairedContexts } from '../../../src/core/evaluation/pairedContexts';
import { reportTable } from '../../../src/core/evaluation/reportTable';
import { groupBy, summarise } from '../../../src/core/evaluation/summary';
import { recordOf } from './sources';

const records = [
	recordOf('right()', 'right()', { probability: 0.9, ms: 10 }),
	recordOf('wrong()', 'right()', { probability: 0.4, ms: 30, kind: 'word' }),
	recordOf('', 'right()', { ms: 20, language: 'python' }),
	recordOf('right()', 'right()', { ms: 1, predictor: 'n-gram cache' }),
];

const report: EvaluationReport = {
	model: { name: 'a <model> & more', family: 'mini', residentBytes: 9_000_000, fileBytes: 7 },
	seed: 3,
	without: [],
	isComplete: true,
	repositories: [{ name: 'repo', files: 2, positions: 3 }],
	groups: groupSummaries(records),
	gates: gateReports(records),
	filters: [],
	pairs: pairedContexts(records),
};

describe('a summary', () => {
	it('counts silence as wrong, and characters by their number', () => {
		const { positions, shown, exactLine, exact, accepted, medianMs } = summarise(records.slice(0, 3));
		assert.deepEqual(
			{ positions, shown, exactLine, exact, accepted, medianMs },
			{ positions: 3, shown: 2 / 3, exactLine: 1 / 3, exact: 1 / 3, accepted: 1 / 3, medianMs: 20 },
		);
	});

	it('of nothing is zero', () => {
		const { positions, shown, exactLine, similarity, accepted, medianMs } = summarise([]);
		assert.deepEqual([positions, shown, exactLine, similarity, accepted, medianMs], [0, 0, 0, 0, 0, 0]);
	});

	it('keeps groups in the order in which they come', () => {
		const groups = groupBy(['b1', 'a1', 'b2'], item => item.charAt(0));
		assert.deepEqual(
			[...groups],
			[
				['b', ['b1', 'b2']],
				['a', ['a1']],
			],
		);
	});

	it('is made for each predictor: all, languages, languages and kinds', () => {
		const ofModel = report.groups.filter(({ predictor }) => predictor === 'model').map(({ group }) => group);
		assert.deepEqual(ofModel, ['all', 'python', 'python token', 'typescript', 'typescript token', 'typescript word']);
		assert.equal(report.groups.find(({ predictor }) => predictor === 'n-gram cache')?.positions, 1);
	});
});

describe('the report of the gate', () => {
	const [gate] = report.gates;

	it('is made for each predictor, and printed for the model', () => {
		assert.deepEqual(
			report.gates.map(({ predictor }) => predictor),
			['model', 'n-gram cache'],
		);
		assert.equal(reportTable(report).split('## The gate').length, 2);
		assert.equal(gate?.byMean[0]?.positions, 3);
	});

	it('has what the product shows at each level, for all and for each language', () => {
		const of = (level: string, language: string) =>
			gate?.levels.find(one => one.level === level && one.language === language)?.shown;
		assert.equal(of('balanced', 'all'), 2 / 3);
		assert.equal(of('balanced', 'typescript'), 1);
		assert.equal(of('balanced', 'python'), 0);
		assert.equal(of('quiet', 'all'), 0);
	});
});

describe('the report as Markdown', () => {
	const table = reportTable(report);

	it('names the model, the repositories and the seed, and says what it is not', () => {
		assert.match(table, /^# a <model> & more on one repository/);
		assert.match(table, /repo \(3\)\. Seed 3\./);
		assert.match(table, /Bits per character are not in here/);
	});

	it('has a row for each predictor with an interval', () => {
		assert.match(table, /^\| none \| all \| model \| 3 \| 66\.7 % \| 33\.3 % \(6\.1 % to 79\.2 %\) \|/m);
		assert.match(table, /^\| none \| all \| n-gram cache \| 1 \| 100\.0 %/m);
	});

	it('has tables whose rows are as long as their heads', () => {
		const blocks = table.split('\n\n').filter(block => block.startsWith('|'));
		assert.ok(blocks.length >= 5);
		for (const block of blocks) {
			const widths = block
				.trim()
				.split('\n')
				.map(line => line.split('|').length);
			assert.equal(new Set(widths).size, 1, block);
		}
	});

	it('says when it was cut off', () => {
		assert.doesNotMatch(table, /Cut off/);
		assert.match(reportTable({ ...report, isComplete: false }), /Cut off before the end/);
	});

	it('says what of the engine was left out', () => {
		assert.match(table, /Seed 3\.\n/);
		const without = reportTable({ ...report, without: ['prior', 'healing'] });
		assert.match(without, /Seed 3\. Without prior\. Without healing\.\n/);
	});

	it('may be of nothing', () => {
		const empty = reportTable({ ...report, repositories: [], groups: [], gates: [] });
		assert.doesNotMatch(empty, /NaN|undefined/);
	});
});

describe('the chart', () => {
	const chart = gateChart(report);

	it('is an SVG that holds no markup of others', () => {
		assert.match(chart, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
		assert.match(chart, /<\/svg>\n$/);
		assert.ok(chart.includes('a &lt;model&gt; &amp; more'));
	});

	it('draws a curve for the mean and for the least probability and one for the n-gram cache, inside the picture', () => {
		const curves = [...chart.matchAll(/<polyline [^>]*points="([^"]*)"/g)].map(match => match[1] ?? '');
		assert.equal(curves.length, 3);
		for (const point of curves.join(' ').split(' ')) {
			const [x = NaN, y = NaN] = point.split(',').map(Number);
			assert.ok(x >= 60 && x <= 620 && y >= 40 && y <= 350, point);
		}
	});

	it('has axes without a curve where nothing was evaluated', () => {
		const empty = gateChart({ ...report, gates: [] });
		assert.doesNotMatch(empty, /polyline|NaN/);
		assert.match(empty, /share of positions with a suggestion/);
	});
});
