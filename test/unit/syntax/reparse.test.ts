import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { editBetween } from '../../../src/node/syntax/reparse';

describe('edits between two texts', () => {
	it('are what was typed, with where it is in lines', () => {
		assert.deepEqual(editBetween('a\nb\nc', 'a\nbxy\nz\nc'), {
			...{ startIndex: 3, oldEndIndex: 3, newEndIndex: 7 },
			startPosition: { row: 1, column: 1 },
			oldEndPosition: { row: 1, column: 1 },
			newEndPosition: { row: 2, column: 1 },
		});
	});

	it('make one text of the other, and no larger than need be', () => {
		const piece = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀'), maxLength: 9 });
		fc.assert(
			fc.property(piece, piece, piece, piece, fc.constantFrom(1, 5000), (start, from, to, end, times) => {
				const [head, tail] = [start.repeat(times), end.repeat(times)];
				const [before, after] = [head + from + tail, head + to + tail];
				const { startIndex, oldEndIndex, newEndIndex } = editBetween(before, after);
				const made = before.slice(0, startIndex) + after.slice(startIndex, newEndIndex) + before.slice(oldEndIndex);
				assert.equal(made, after);
				assert.ok(oldEndIndex - startIndex <= from.length && newEndIndex - startIndex <= to.length);
			}),
		);
	});
});
