import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rangeOf } from '../../../src/core/completion/thresholds';
import { parseTaste } from '../../../src/core/taste/parseTaste';
import { noTaste, Taste, type TasteState } from '../../../src/core/taste/taste';
import { gateIn, lineOf, sampleOf, someModel } from './samples';

describe('parseTaste', () => {
	it('reads what was kept', () => {
		const kept: TasteState[] = [];
		const taste = new Taste(noTaste, state => kept.push(state));
		for (const outcome of ['whole', 'part', 'passed-over', 'passed-over'] as const) {
			const values = { always: 1, inWord: 1, length: -0.5 };
			taste.learn({ languageId: 'python', hasSeveralLines: true, sample: sampleOf({ values }) }, outcome);
		}
		assert.deepEqual(parseTaste(JSON.parse(JSON.stringify(kept.at(-1)))), taste.state);
	});

	it('takes nothing, and what is none of ours, for nothing learnt', () => {
		for (const kept of [
			undefined,
			null,
			7,
			'x',
			[],
			{ weights: 3, lines: [] },
			{ weights: { features: { always: 'x' } } },
		]) {
			assert.deepEqual(parseTaste(kept), noTaste);
		}
	});

	it('gives a gate that works, whatever was kept', () => {
		const { weights, luck, lines, outcomes } = noTaste;
		const shape = fc.record({
			weights: fc.record({
				slope: fc.anything(),
				features: fc.record(Object.fromEntries(Object.keys(weights.features).map(name => [name, fc.anything()]))),
				languages: fc.dictionary(fc.string(), fc.anything()),
			}),
			luck: fc.oneof(fc.constant(luck), fc.double()),
			lines: fc.oneof(fc.constant(lines), fc.dictionary(fc.string(), fc.double())),
			outcomes: fc.oneof(fc.constant(outcomes), fc.double()),
		});
		const { least, most } = rangeOf(someModel, 'balanced');
		fc.assert(
			fc.property(fc.oneof(shape, fc.anything()), kept => {
				const taste = new Taste(parseTaste(kept));
				const { adapted } = taste.judge(gateIn(taste.state), lineOf(0.9));
				for (const of of ['token', 'line'] as const) {
					assert.ok(adapted[of] >= least[of] && adapted[of] <= most[of], `${of} ${adapted[of]}`);
				}
			}),
		);
	});
});
