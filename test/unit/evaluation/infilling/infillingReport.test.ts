import assert from 'node:assert/strict';
import type { InfillingRecord } from '../../../../src/core/evaluation/infilling/infillingRecord';
import { summariseFills, type InfillingReport } from '../../../../src/core/evaluation/infilling/infillingReport';
import { infillingTable } from '../../../../src/core/evaluation/infilling/infillingTable';

function fill(more: Partial<InfillingRecord> = {}): InfillingRecord {
	return {
		task: 'a',
		kind: 'single-line',
		mode: 'greedy',
		verdict: { outcome: 'passed' },
		isExact: true,
		similarity: 1,
		extent: 'line',
		stopReason: 'end-of-line',
		silence: '',
		promptTokens: 100,
		evaluatedTokens: 10,
		generatedTokens: 5,
		ms: 30,
		...more,
	};
}

const failed = fill({
	verdict: { outcome: 'failed', error: 'AssertionError' },
	isExact: false,
	similarity: 0.5,
	extent: 'block',
	promptTokens: 200,
	ms: 50,
});
const late = fill({
	verdict: { outcome: 'timeout' },
	isExact: false,
	similarity: 0,
	silence: 'nothing was left',
	ms: 40,
});

describe('summing up fills', () => {
	it('counts what passed, with the 95 % interval, and what was exact, silent and late', () => {
		const [summary] = summariseFills([fill(), failed, late, failed]);
		assert.ok(summary);
		assert.deepEqual([summary.tasks, summary.passed, summary.exact], [4, 0.25, 0.25]);
		assert.ok(summary.passedLow > 0.04 && summary.passedLow < 0.05);
		assert.ok(summary.passedHigh > 0.69 && summary.passedHigh < 0.71);
		assert.deepEqual([summary.blocks, summary.silent, summary.timeouts], [0.5, 0.25, 0.25]);
		assert.deepEqual([summary.similarity, summary.promptTokens, summary.medianMs], [0.5, 150, 50]);
	});

	it('keeps kinds and modes apart', () => {
		const records = [fill(), fill({ mode: 'ranked' }), failed, fill({ kind: 'random-span' })];
		assert.deepEqual(
			summariseFills(records).map(({ kind, mode, tasks }) => [kind, mode, tasks]),
			[
				['single-line', 'greedy', 2],
				['single-line', 'ranked', 1],
				['random-span', 'greedy', 1],
			],
		);
	});

	it('has nothing to say of no fills', () => {
		assert.deepEqual(summariseFills([]), []);
	});
});

describe('the table of an infilling report', () => {
	const report: InfillingReport = {
		model: { name: 'parrot', family: 'mini', fileBytes: 7 },
		data: [{ name: 'own.jsonl', sha256: '0', tasks: 2 }],
		every: 6,
		offset: 2,
		without: ['prior', 'healing'],
		extent: 'block',
		sandbox: 'as nobody',
		isComplete: true,
		summaries: summariseFills([fill(), failed]),
		records: [],
	};

	it('says what was run, and how the fills were', () => {
		const text = infillingTable(report);
		assert.match(
			text,
			/^# parrot on HumanEval-infilling\n\nown\.jsonl, one of 6 tasks from task 2 on, without prior and healing, always asked for a block\.\n/,
		);
		assert.match(text, /The fills were run as nobody\.\n$/);
		assert.match(text, /^\| single-line \| greedy \| 2 \| 50\.0 % \(9\.5 % to 90\.5 %\) \| 50\.0 % \| 0\.750 \|/m);
		assert.doesNotMatch(text, /Ended early/);
	});

	it('says so where it was ended early', () => {
		assert.match(infillingTable({ ...report, isComplete: false, every: 1 }), /own\.jsonl, all tasks.*\*\*Ended early/);
	});
});
