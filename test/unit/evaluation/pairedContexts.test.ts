import assert from 'node:assert/strict';
import type { EvaluationRecord } from '../../../src/core/evaluation/evaluationRecord';
import { pairedContexts } from '../../../src/core/evaluation/pairedContexts';
import { recordOf } from './sources';

/** The suggestions where `right()` was hidden, line by line. */
function shown(context: EvaluationRecord['context'], lines: readonly string[]): readonly EvaluationRecord[] {
	return lines.map((text, line) => recordOf(text, 'right()', { context, line }));
}

describe('contexts, position by position', () => {
	it('are each held against the first', () => {
		const records = [
			...shown('none', ['right()', '', 'right()', 'wrong()']),
			...shown('files', ['right()', 'right()', '', 'right()']),
			...shown('definitions', ['right()', '', 'right()', 'wrong()']),
		];
		const [files, definitions] = pairedContexts(records);
		assert.deepEqual([files?.context, files?.against, files?.positions], ['files', 'none', 4]);
		assert.deepEqual([files?.better, files?.worse], [2, 1]);
		assert.ok(files !== undefined && files.low < files.change && files.change < files.high && files.change > 0);
		assert.deepEqual(definitions, {
			...files,
			context: 'definitions',
			better: 0,
			worse: 0,
			change: 0,
			low: 0,
			high: 0,
		});
	});

	it('count only the positions that both were asked at, and the model alone', () => {
		const records = [...shown('none', ['right()', 'right()']), ...shown('files', ['right()'])];
		const baseline = shown('files', ['x', 'y']).map(record => ({ ...record, predictor: 'n-gram cache' }));
		assert.equal(pairedContexts([...records, ...baseline])[0]?.positions, 1);
	});

	it('are no pairs where there is one, or none', () => {
		assert.deepEqual(pairedContexts(shown('files', ['x'])), []);
		assert.deepEqual(pairedContexts([]), []);
	});
});
