import assert from 'node:assert/strict';
import fc from 'fast-check';
import { figureOf } from '../../../src/core/taste/byLanguage';
import { learnLines, type LineTaste, type TasteOutcome } from '../../../src/core/taste/lineTaste';

function after(outcomes: readonly (readonly [TasteOutcome, boolean])[], language = 'python'): LineTaste {
	return outcomes.reduce<LineTaste>((taste, [outcome, several]) => learnLines(taste, language, outcome, several), {});
}

function times(count: number, outcome: TasteOutcome, several: boolean): readonly (readonly [TasteOutcome, boolean])[] {
	return Array.from({ length: count }, () => [outcome, several] as const);
}

describe('the liking for several lines', () => {
	it('is nothing where nothing is known, and in languages that nothing was taken in', () => {
		assert.equal(figureOf({}, 'python'), 0);
		assert.equal(figureOf(after(times(5, 'whole', true)), 'typescript'), 0);
		assert.equal(figureOf({}, 'constructor'), 0);
	});

	it('grows with blocks taken whole, falls with blocks taken in part or passed over', () => {
		assert.ok(figureOf(after(times(3, 'whole', true)), 'python') > 0.7);
		assert.ok(figureOf(after(times(3, 'part', true)), 'python') < -0.3);
		assert.ok(figureOf(after(times(4, 'passed-over', true)), 'python') < -0.6);
	});

	it('is not moved by single lines, except that it fades', () => {
		assert.equal(figureOf(after(times(5, 'whole', false)), 'python'), 0);
		const few = after([...times(10, 'passed-over', true), ...times(12, 'whole', false)]);
		const many = after([...times(10, 'passed-over', true), ...times(40, 'whole', false)]);
		assert.ok(figureOf(few, 'python') > -0.7, 'who takes lines only is offered blocks again');
		assert.ok(figureOf(many, 'python') > -0.3);
	});

	it('lies between -1 and 1, whatever happens', () => {
		const outcome = fc.constantFrom<TasteOutcome>('whole', 'part', 'passed-over');
		fc.assert(
			fc.property(fc.array(fc.tuple(outcome, fc.boolean()), { maxLength: 100 }), story => {
				assert.ok(Math.abs(figureOf(after(story), 'python')) <= 1);
			}),
		);
	});
});
