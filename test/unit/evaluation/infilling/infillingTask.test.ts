import assert from 'node:assert/strict';
import { everyNth, InfillingDataError, parseTasks } from '../../../../src/core/evaluation/infilling/infillingTask';
import { addLine, addSpan, hopeless, toLines } from './tasks';

describe('parsing HumanEval-infilling', () => {
	it('reads a task from each line, and knows its kind by its name', () => {
		const tasks = [addLine, hopeless, addSpan];
		assert.deepEqual(parseTasks(toLines(tasks)), tasks);
	});

	it('skips blank lines and takes CRLF line ends', () => {
		assert.deepEqual(parseTasks(`\n${toLines([addLine]).replaceAll('\n', '\r\n')}\n`), [addLine]);
	});

	const [line = ''] = toLines([addLine]).split('\n');
	for (const [what, text, says] of [
		['no tasks', '\n', /holds no tasks/],
		['a line that is no JSON', `${line}\n{"task_id": `, /line 2 has no text named task_id/],
		['a line that is no object', '[1]', /line 1 has no text named task_id/],
		['a task without a test', line.replace('"test"', '"tests"'), /line 1 has no text named test/],
		['a field that is no text', line.replace(/"suffix":"[^"]*"/, '"suffix":7'), /line 1 has no text named suffix/],
		['a task of another benchmark', line.replace('SingleLineInfilling', 'HumanEval'), /line 1 is of no known kind/],
		['an entry point that is code', line.replace('"add"', '"exit()"'), /line 1 has an entry_point that is no name/],
	] as const) {
		it(`refuses a file with ${what}`, () => {
			assert.throws(
				() => parseTasks(text),
				(error: unknown) => error instanceof InfillingDataError && says.test(error.message),
			);
		});
	}
});

describe('taking every so manieth task', () => {
	const numbers = Array.from({ length: 10 }, (_, index) => index);

	it('begins at the offset', () => {
		assert.deepEqual(everyNth(numbers, 4, 0), [0, 4, 8]);
		assert.deepEqual(everyNth(numbers, 4, 3), [3, 7]);
		assert.deepEqual(everyNth(numbers, 4, 5), [5, 9]);
	});

	it('takes all for one, and none behind the end', () => {
		assert.deepEqual(everyNth(numbers, 1, 0), numbers);
		assert.deepEqual(everyNth(numbers, 4, 10), []);
	});
});
