import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chooseFromMixture, priorWeight, type PriorTrust } from '../../../src/core/prior/mixture';
import { priorTrust } from '../../../src/core/prior/priorWeights';

const trust: PriorTrust = { base: -2.65, perDoubling: 0.32, perShare: 2.81 };

function guess(agreeing: number, ...tokens: [token: number, probability: number][]) {
	return { agreeing, tokens: new Map(tokens) };
}

describe('the weight of the prior', () => {
	it('grows with what agrees and with unanimity', () => {
		const weights = [guess(0, [1, 0.3]), guess(0, [1, 1]), guess(3, [1, 1]), guess(31, [1, 1])].map(one =>
			priorWeight(one, trust),
		);
		assert.deepEqual(
			weights.map(weight => weight.toFixed(2)),
			['0.14', '0.54', '0.69', '0.85'],
		);
	});

	it('grows for SmolLM2 with what there is to learn from', () => {
		const name = 'SmolLM2-135M-Instruct';
		const [short, long] = [priorTrust({ name }, 600), priorTrust({ name }, 2000)];
		assert.ok(priorWeight(guess(3, [1, 1]), long) > 2 * priorWeight(guess(3, [1, 1]), short));
		assert.deepEqual(short, priorTrust({ name: 'any' }, 600));
	});

	it('is small for models that nothing was measured for', () => {
		const [small, unmeasured] = [priorTrust({ name: 'sotto-nano' }, 0), priorTrust({ name: 'any' }, 1e6)];
		for (const one of [guess(0, [1, 0.1]), guess(1, [1, 1]), guess(31, [1, 1])]) {
			assert.ok(priorWeight(one, unmeasured) < priorWeight(one, small) / 2);
		}
	});
});

describe('chooseFromMixture', () => {
	it('is the model alone without a prior', () => {
		const model = [
			{ token: 5, probability: 0.4 },
			{ token: 6, probability: 0.3 },
		];
		const expected = { token: 5, probability: 0.4, fromPrior: false };
		assert.deepEqual(chooseFromMixture(model, undefined, trust), expected);
		assert.deepEqual(chooseFromMixture(model, guess(9, [6, 1]), undefined), expected);
		assert.equal(chooseFromMixture([], guess(9, [6, 1]), trust), undefined);
	});

	it('may choose what the model would not have, and the end of generation', () => {
		const end = { token: undefined, probability: 0.6 };
		const model = [end, { token: 6, probability: 0.1 }];
		assert.deepEqual(chooseFromMixture(model, guess(31, [6, 1]), trust)?.token, 6);
		const sure = [
			{ ...end, probability: 0.99 },
			{ token: 6, probability: 0.001 },
		];
		assert.equal(chooseFromMixture(sure, guess(0, [6, 0.5]), trust)?.token, undefined);
	});

	it('tells no probability above 1, whatever the rounding of shares', () => {
		const model = [{ token: 6, probability: 1 }];
		assert.equal(chooseFromMixture(model, guess(31, [6, 1 + 1e-12]), trust)?.probability, 1);
	});

	it('finds the most probable token of the whole mixture, whose probabilities add up to 1', () => {
		const vocabulary = fc.array(fc.nat(1000), { minLength: 2, maxLength: 12 }).filter(counts => counts.some(Boolean));
		fc.assert(
			fc.property(vocabulary, vocabulary, fc.nat(40), (modelCounts, priorCounts, agreeing) => {
				const size = Math.max(modelCounts.length, priorCounts.length);
				const model = normalised(modelCounts, size);
				const prior = normalised(priorCounts, size);
				const told = guess(agreeing, ...[...prior.entries()].filter(([, probability]) => probability > 0));
				const weight = priorWeight(told, trust);
				const mixed = model.map((probability, token) => (1 - weight) * probability + weight * (prior[token] ?? 0));
				assert.ok(Math.abs(mixed.reduce((sum, probability) => sum + probability, 0) - 1) < 1e-9);
				// The native part returns the greedy token, then those that the prior names.
				const ranked = model.map((probability, token) => ({ token, probability }));
				const [best, ...others] = ranked.toSorted((a, b) => b.probability - a.probability);
				assert.ok(best !== undefined);
				const among = [best, ...others.filter(({ token }) => told.tokens.has(token))];
				const choice = chooseFromMixture(among, told, trust);
				assert.ok(Math.abs((choice?.probability ?? 0) - Math.max(...mixed)) < 1e-12);
				assert.ok(Math.abs((mixed[choice?.token ?? -1] ?? 0) - Math.max(...mixed)) < 1e-12);
				assert.equal(choice?.fromPrior, choice?.token !== best.token);
			}),
		);
	});
});

function normalised(counts: readonly number[], size: number): number[] {
	const total = counts.reduce((sum, count) => sum + count, 0);
	return Array.from({ length: size }, (_, index) => (counts[index] ?? 0) / total);
}
