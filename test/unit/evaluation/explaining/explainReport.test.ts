import assert from 'node:assert/strict';
import {
	renderExplainReport,
	summariseExplanations,
	type ExplainRecord,
} from '../../../../src/core/evaluation/explaining/explainReport';
import { rougeL } from '../../../../src/core/evaluation/explaining/rouge';

const record: ExplainRecord = {
	languageId: 'python',
	path: 'a.py',
	name: 'sum',
	code: 'def sum(a, b):\n    return a + b',
	sentence: 'Returns the sum of a and b.',
	subject: 'the function sum',
	candidates: [
		{ text: ' raises a `ValueError`.', gain: 0.1 },
		{ text: ' returns the sum of two values.', gain: 0.2 },
	],
};

describe('rougeL', () => {
	it('is 1 for the same words, 0 for others, and counts the order', () => {
		assert.equal(rougeL('The sum, of a', 'the sum of `a`'), 1);
		assert.equal(rougeL('one', 'two'), 0);
		assert.equal(rougeL('', 'two'), 0);
		assert.equal(rougeL('a b', 'b a'), 0.5);
		assert.equal(rougeL('a b c', 'a x c y z'), 0.5);
	});
});

describe('summariseExplanations', () => {
	const [likeliest, byGain, checked, floored] = summariseExplanations([record], [0.5]);

	it('grades the likeliest sentence: what it names, and what the code contradicts', () => {
		assert.deepEqual([likeliest?.shown, likeliest?.grounded, likeliest?.contradicted], [1, 0, 1]);
	});

	it('grades the sentence that is chosen, without its subject', () => {
		for (const summary of [byGain, checked]) {
			assert.deepEqual([summary?.shown, summary?.grounded, summary?.contradicted], [1, 1, 0]);
			assert.equal(summary?.rougeL, rougeL('returns the sum of two values', record.sentence));
		}
	});

	it('counts what is shown above a floor', () => {
		assert.equal(floored?.shown, 0);
	});

	it('is a table', () => {
		const table = renderExplainReport('tiny', [record], [0.5]);
		assert.match(table, /^tiny, 1 documented functions\n/);
		assert.match(table, /\| best by gain \| 1 \| 0\.\d{3} \| 100\.0 % \| 0\.0 % \|/);
	});
});
