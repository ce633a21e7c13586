import assert from 'node:assert/strict';
import { barChart } from '../../../bench/barChart';

describe('barChart', () => {
	const svg = barChart({
		title: 'a < b & c',
		unit: 'ms',
		series: ['ours', 'theirs'],
		groups: [
			{ name: 'one', values: [10, 40] },
			{ name: 'two', values: [NaN, 20] },
		],
	});

	it('draws bars as long as their values, and leaves out what was not measured', () => {
		const widths = [...svg.matchAll(/<rect x="170"[^>]* width="([\d.]+)"/g)].map(([, width]) => Number(width));
		assert.equal(widths.length, 3);
		assert.deepEqual(
			widths.map(width => Math.round((40 * width) / Math.max(...widths))),
			[10, 40, 20],
		);
	});

	it('writes text that is no markup', () => {
		assert.ok(svg.includes('a &lt; b &amp; c (ms)'));
	});
});
