import assert from 'node:assert/strict';
import fc from 'fast-check';
import { confidenceInWords, geometricMean, sentenceConfidence } from '../../../src/core/explain/confidence';

describe('geometricMean', () => {
	for (const [probabilities, mean] of [
		[[0.5], 0.5],
		[[0.25, 1], 0.5],
		[[1, 1, 1], 1],
	] as const) {
		it(`of ${probabilities.join(', ')} is ${mean}`, () => {
			assert.ok(Math.abs((geometricMean(probabilities) ?? 0) - mean) < 1e-12);
		});
	}

	it('of nothing is nothing', () => {
		assert.equal(geometricMean([]), undefined);
	});

	it('lies between the least and the greatest, and survives zeros', () => {
		fc.assert(
			fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), probabilities => {
				const mean = geometricMean(probabilities) ?? -1;
				assert.ok(mean >= Math.min(...probabilities) - 1e-9);
				assert.ok(mean <= Math.max(...probabilities, 1e-6) + 1e-9);
			}),
		);
	});
});

describe('confidenceInWords', () => {
	for (const [probabilities, words] of [
		[[0.9, 0.95], /^The model was sure/],
		[[0.75], /^The model was sure/],
		[[0.6, 0.6], /^The model was fairly sure/],
		[[0.9, 0.9, 0.05], /^Not sure/],
		[[0.4], /^Not sure/],
		[[], /^$/],
	] as const) {
		it(`of ${probabilities.join(', ') || 'nothing'} reads ${words.source}`, () => {
			assert.match(confidenceInWords(probabilities), words);
		});
	}
});

describe('sentenceConfidence', () => {
	for (const [probabilities, floor, words] of [
		[[0.5, 0.5], 0.4, /may be wrong/],
		[[0.4], 0.4, /may be wrong/],
		[[0.9, 0.1], 0.4, /^Not sure/],
		[[], 0.4, /^Not sure/],
	] as const) {
		it(`of ${probabilities.join(', ') || 'nothing'} against ${floor} reads ${words.source}`, () => {
			assert.match(sentenceConfidence(probabilities, floor), words);
		});
	}
});
