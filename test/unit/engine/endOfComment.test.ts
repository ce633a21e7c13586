import assert from 'node:assert/strict';
import { endOfComment } from '../../../src/engine/endOfComment';

describe('endOfComment', () => {
	for (const [raw, text, isComplete] of [
		[' adds', ' adds', false],
		[' adds.', ' adds.', false],
		[' adds. It', ' adds.', true],
		[' adds 1.5 to it', ' adds 1.5 to it', false],
		[' adds, e.g. one. Then', ' adds, e.g. one.', true],
		[' adds\n', ' adds', false],
		[' adds\n#', ' adds', false],
		[' adds\n# two numbers', ' adds two numbers', false],
		[' adds\n# two. And', ' adds two.', true],
		[' adds\n\n', ' adds', true],
		[' adds\ndef f', ' adds', true],
		[' adds.\n', ' adds.', true],
		[' adds\n#\n# @param', ' adds', true],
	] as const) {
		it(JSON.stringify(raw), () => {
			assert.deepEqual(endOfComment(raw, '# '), { text, isComplete });
		});
	}
});
