import assert from 'node:assert/strict';
import fc from 'fast-check';
import { acceptance, inclination, learn, noWeights, type TasteWeights } from '../../../src/core/taste/logisticTaste';
import { sampleOf } from './samples';

function learnt(times: number, isAccepted: boolean, sample = sampleOf(), weights = noWeights): TasteWeights {
	return Array.from({ length: times }).reduce<TasteWeights>(state => learn(state, sample, isAccepted), weights);
}

describe('the logistic taste', () => {
	it('breaks even at the usual threshold where nothing was learnt', () => {
		assert.ok(Math.abs(acceptance(noWeights, sampleOf()) - 0.25) < 1e-12);
		assert.equal(inclination(noWeights, sampleOf()), 0);
	});

	it('leans to what is accepted and away from what is passed over, not at once', () => {
		assert.ok(inclination(learnt(1, true), sampleOf()) > 0);
		assert.ok(inclination(learnt(1, true), sampleOf()) < 0.2);
		assert.ok(inclination(learnt(20, true), sampleOf()) > 0.8);
		assert.ok(inclination(learnt(20, false), sampleOf()) < -0.3);
	});

	it('tells languages apart', () => {
		const weights = learnt(30, false, sampleOf({ language: 'python' }));
		const python = inclination(weights, sampleOf({ language: 'python' }));
		const other = inclination(weights, sampleOf({ language: 'typescript' }));
		assert.ok(python < other && other <= 0);
	});

	it('comes to the share that a user accepts', () => {
		for (const every of [2, 5]) {
			let weights = noWeights;
			for (let index = 0; index < 1000; index++) {
				weights = learn(weights, sampleOf(), index % every === 0);
			}
			assert.ok(Math.abs(acceptance(weights, sampleOf()) - 1 / every) < 0.1, `1 of ${every}`);
		}
	});

	it('unlearns within thirty outcomes what a thousand have taught', () => {
		assert.ok(inclination(learnt(30, true, sampleOf(), learnt(1000, false)), sampleOf()) > 0);
		assert.ok(acceptance(learnt(30, false, sampleOf(), learnt(1000, true)), sampleOf()) < 0.5);
	});

	const samples = fc.record({
		surplus: fc.double({ min: -10, max: 10, noNaN: true }),
		values: fc.record({
			always: fc.constant(1),
			inWord: fc.constantFrom(0, 1),
			recentLuck: fc.double({ min: -1, max: 1, noNaN: true }),
			lowestToken: fc.double({ min: -1, max: 1, noNaN: true }),
			length: fc.double({ min: -1, max: 1, noNaN: true }),
		}),
		language: fc.constantFrom('typescript', 'python', '__proto__', 'constructor'),
		breakEven: fc.constantFrom(0.15, 0.25, 0.4),
	});

	it('stays within its bounds and finite, whatever the user does', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(samples, fc.boolean()), { maxLength: 200 }), story => {
				const weights = story.reduce((state, [sample, isAccepted]) => learn(state, sample, isAccepted), noWeights);
				const all = [...Object.values(weights.features), ...Object.values(weights.languages)];
				assert.ok(all.every(weight => Math.abs(weight) <= 1.5));
				assert.ok(weights.slope >= 0.5 && weights.slope <= 2);
				assert.ok(weights.features.lowestToken >= 0);
			}),
		);
	});

	it('never holds it against a suggestion that the model is surer of it', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(samples, fc.boolean()), { maxLength: 100 }),
				samples,
				fc.double({ min: 0, max: 3, noNaN: true }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				(story, sample, surer, lowest) => {
					const weights = story.reduce((state, [one, isAccepted]) => learn(state, one, isAccepted), noWeights);
					const better = {
						...sample,
						surplus: sample.surplus + surer,
						values: { ...sample.values, lowestToken: sample.values.lowestToken + lowest },
					};
					assert.ok(acceptance(weights, better) >= acceptance(weights, sample));
				},
			),
		);
	});

	it('remembers no more languages than a few dozen', () => {
		const weights = Array.from({ length: 100 }, (_, index) => sampleOf({ language: `language${index}` })).reduce(
			(state, sample) => learn(state, sample, true),
			noWeights,
		);
		assert.equal(Object.keys(weights.languages).length, 32);
		assert.ok('language99' in weights.languages);
	});
});
