import assert from 'node:assert/strict';
import fc from 'fast-check';
import { probabilityFloor, thresholdsOf } from '../../../src/core/completion/thresholds';
import { gateCurve, gateGrid, gateOutcome, outcomeAt, proposeThreshold } from '../../../src/core/evaluation/gateCurve';
import { answerAtFloor, gateTrials, tokenThresholds } from '../../../src/core/evaluation/gateTrials';
import type { DocumentSnapshot } from '../../../src/core/text/documentSnapshot';
import { atCursor } from '../../support/cursor';
import { answerOf, ParrotEngine, recordOf, tokens } from './sources';

function document(text: string): DocumentSnapshot {
	return { uri: 'a.ts', path: 'a.ts', languageId: 'typescript', version: 1, ...atCursor(text) };
}

describe('an answer at a floor', () => {
	for (const [name, said, floor, text, stopReason] of [
		['is the same where nothing is below', 'foo|(|)', 0.5, 'foo()', 'end-of-line'],
		['is the same without a floor', 'foo 0|(|)', 0, 'foo()', 'end-of-line'],
		['ends before the first token below', 'foo|( .2|)', 0.3, 'foo', 'low-probability'],
		['keeps a token that is just as probable', 'foo|( .3|) .1', 0.3, 'foo(', 'low-probability'],
		['may be empty', 'foo .1|(', 0.3, '', 'low-probability'],
	] as const) {
		it(name, () => {
			const answer = answerAtFloor(answerOf(tokens(said)), floor);
			assert.deepEqual(
				[answer.text, answer.stopReason, answer.tokens.length - answer.generatedTokens],
				[text, stopReason, stopReason === 'low-probability' ? 1 : 0],
			);
		});
	}

	it('is what an engine with that floor says', async () => {
		const probability = fc.integer({ min: 0, max: 20 }).map(twentieths => twentieths / 20);
		const token = fc.record({ text: fc.constantFrom('foo', '(', ')', ' = ', 'x', '1'), probability });
		await fc.assert(
			fc.asyncProperty(fc.array(token, { maxLength: 8 }), probability, async (said, floor) => {
				const engine = new ParrotEngine(said);
				const query = { ...document('const a = ‸'), pieces: [], extent: 'line', maxTokens: 32 } as const;
				const whole = await engine.complete({ ...query, probabilityFloor: 0 });
				const floored = await engine.complete({ ...query, probabilityFloor: floor });
				assert.equal(answerAtFloor(whole, floor).text, floored.text);
				assert.deepEqual(answerAtFloor(whole, floor).tokens, floored.tokens);
			}),
		);
	});
});

describe('gate trials', () => {
	const hidden = 'foo(bar);';

	it("show less the higher the threshold, and remember the first line's probabilities", () => {
		const answer = answerOf(tokens('foo .9|( .9|bar .25|) .9|; .9'));
		const trials = gateTrials(answer, document('x = ‸\n'), hidden);
		assert.deepEqual(
			trials.map(({ token }) => token),
			[...tokenThresholds],
		);
		assert.deepEqual(
			trials.map(({ judgement }) => judgement.isExactLine),
			tokenThresholds.map(token => token <= 0.25),
		);
		assert.equal(trials[0]?.least, 0.25);
		const mean = (0.9 ** 4 * 0.25) ** 0.2;
		assert.ok(Math.abs(trials[0].mean - mean) < 1e-9);
		assert.ok(Math.abs((trials.at(-1)?.mean ?? 0) - 0.9) < 1e-9);
	});

	it('are none where typing asks nobody, and none for an empty answer', () => {
		assert.deepEqual(gateTrials(answerOf(tokens('foo')), document('x = ‸identifier'), hidden), []);
		assert.deepEqual(gateTrials(answerOf([]), document('x = ‸\n'), hidden), []);
	});

	it('leave out what the filters drop', () => {
		assert.deepEqual(gateTrials(answerOf(tokens(' |  ')), document('x = ‸\n'), hidden), []);
	});
});

describe('the curve of the gate', () => {
	const good = (probability: number) => recordOf('right()', 'right()', { probability });
	const bad = (probability: number) => recordOf('wrong()', 'right()', { probability });
	const silent = recordOf('', 'right()');

	it('counts of all positions, and of those shown', () => {
		const records = [good(0.9), good(0.9), bad(0.9), silent];
		const outcome = gateOutcome(
			records,
			records.map(({ trials }) => trials[0]?.judgement),
		);
		assert.deepEqual(
			[outcome.positions, outcome.shown, outcome.right, outcome.exactLine, outcome.accepted],
			[4, 0.75, 2 / 3, 2 / 3, 0.5],
		);
		assert.ok(outcome.rightAtLeast > 0.2 && outcome.rightAtLeast < 0.25);
	});

	it('is zero for no positions, and nothing is right where nothing is shown', () => {
		const { shown, right, rightAtLeast, accepted } = gateOutcome([silent], [undefined]);
		assert.deepEqual([shown, right, rightAtLeast, accepted], [0, 0, 0, 0]);
		assert.equal(gateOutcome([], []).shown, 0);
	});

	it('shows less and is right more often where the probability tells', () => {
		const records = [good(0.9), good(0.8), bad(0.4), bad(0.2)];
		const at = (threshold: number) => gateCurve(records, 'mean').find(point => point.threshold === threshold);
		assert.deepEqual([at(0)?.shown, at(0)?.right], [1, 0.5]);
		assert.deepEqual([at(0.5)?.shown, at(0.5)?.right], [0.5, 1]);
		assert.equal(at(0.99)?.shown, 0);
		const byLeast = gateCurve(records, 'least').find(point => point.threshold === 0.3);
		assert.equal(byLeast?.shown, 0.5);
	});

	it('never shows more at a higher threshold', () => {
		const probability = fc.double({ min: 0, max: 1, noNaN: true });
		const records = fc.array(fc.tuple(probability, fc.boolean()), { maxLength: 20 });
		fc.assert(
			fc.property(records, rows => {
				const made = rows.map(([at, isGood]) => (isGood ? good(at) : bad(at)));
				for (const by of ['mean', 'least'] as const) {
					const shown = gateCurve(made, by).map(point => point.shown);
					assert.deepEqual(
						shown,
						shown.toSorted((a, b) => b - a),
					);
				}
			}),
		);
	});

	it('has every combination of thresholds in the grid, each as asked alone', () => {
		const records = [good(0.9), bad(0.4), silent];
		const grid = gateGrid(records);
		assert.equal(new Set(grid.map(({ token, line }) => `${token} ${line}`)).size, grid.length);
		for (const { token, line, ...outcome } of grid) {
			assert.deepEqual(outcome, outcomeAt(records, { token, line }));
		}
	});

	describe('proposes', () => {
		const many = Array.from({ length: 200 }, (_, index) =>
			index % 4 < 2 ? good(0.7) : bad(index % 8 < 4 ? 0.5 : 0.9),
		);

		it('a threshold under which enough is right, on the half that did not choose it too', () => {
			const proposal = proposeThreshold(many, 0.6);
			assert.ok(proposal !== undefined);
			assert.ok(proposal.threshold.line > 0.5 && proposal.threshold.line <= 0.7);
			assert.ok(proposal.chosenOn.right >= 0.6 && proposal.checkedOn.right >= 0.6);
			assert.equal(proposal.chosenOn.positions + proposal.checkedOn.positions, 200);
		});

		it('nothing where nothing is good enough, or too little is shown to tell', () => {
			assert.equal(proposeThreshold(many, 0.99), undefined);
			assert.equal(proposeThreshold([good(0.9), good(0.9)], 0.5), undefined);
			assert.equal(proposeThreshold([], 0), undefined);
		});
	});
});

describe('the levels of the gate', () => {
	it('have a floor that lies below the cut, so that the trials see what the product sees', () => {
		for (const level of ['eager', 'balanced', 'quiet'] as const) {
			const threshold = thresholdsOf(undefined)[level];
			assert.ok(probabilityFloor(threshold) <= threshold.token);
		}
	});
});
