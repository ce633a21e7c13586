import assert from 'node:assert/strict';
import { probabilityFloor, rangeOf, thresholdsOf } from '../../../src/core/completion/thresholds';

const order = ['boldest', 'eager', 'balanced', 'quiet', 'strictest'] as const;
const levels = ['eager', 'balanced', 'quiet'] as const;
const models = ['sotto-nano', undefined, 'a model that nobody has measured'];

describe('the thresholds of a model', () => {
	for (const model of models) {
		it(`of ${model ?? 'no known name'} rise from bold to strict, and lie between 0 and 1`, () => {
			for (const of of ['token', 'line'] as const) {
				const values = order.map(name => thresholdsOf(model)[name][of]);
				assert.deepEqual(
					values,
					values.toSorted((a, b) => a - b),
				);
				assert.equal(new Set(values).size, values.length);
				assert.ok(values.every(value => value > 0 && value < 1));
			}
		});

		for (const level of levels) {
			it(`of ${model ?? 'no known name'} leave ${level} between its neighbours, with a floor below every cut`, () => {
				const { least, usual, most } = rangeOf(model, level);
				const own = thresholdsOf(model);
				const at = order.indexOf(level);
				assert.deepEqual([least, usual, most], [own[order[at - 1] ?? level], own[level], own[order[at + 1] ?? level]]);
				// The cut sees the token that it cuts at, and a trial with the usual cut sees it under the strictest floor.
				assert.ok(probabilityFloor(most) < usual.token && probabilityFloor(least) > 0);
			});
		}
	}
});
