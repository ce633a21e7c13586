import assert from 'node:assert/strict';
import { fitsPlace, rankCandidates, type CandidateLine } from '../../../src/core/completion/candidateRanking';

function candidate(text: string, logProbability: number, below = 0): CandidateLine {
	return { text, logProbability, below };
}

function best(candidates: readonly CandidateLine[], prefix: string, suffix: string): string | undefined {
	return rankCandidates(candidates, { prefix, suffix })[0]?.text;
}

describe('rankCandidates', () => {
	it('takes the likeliest line where nothing stands below', () => {
		assert.equal(best([candidate('b();', -2), candidate('a();', -1)], 'x;\n', ''), 'a();');
	});

	it('takes a less likely line that makes what stands below much likelier', () => {
		assert.equal(best([candidate('a();', -1, -2), candidate('b();', -3, -1.5)], 'x;\n', '\nb;\n'), 'b();');
		assert.equal(best([candidate('a();', -1, -2), candidate('b();', -3, -1.9)], 'x;\n', '\nb;\n'), 'a();');
	});

	it('takes a line that cannot stand in front of what is below only when no other can', () => {
		const unfitting = candidate('return n', -1, -1);
		const suffix = '\n        total += x\n';
		assert.equal(best([unfitting, candidate('for x in xs:', -9, -1)], '    ', suffix), 'for x in xs:');
		assert.equal(best([unfitting, candidate('return', -2, -1)], '    ', suffix), 'return n');
	});

	it('keeps the order of equals', () => {
		assert.equal(best([candidate('a', -1), candidate('b', -1)], '', ''), 'a');
	});

	it('has none where there is none', () => {
		assert.deepEqual(rankCandidates([], { prefix: '', suffix: '' }), []);
	});
});

describe('fitsPlace', () => {
	it('looks at the whole line, with what stands left of the cursor', () => {
		assert.equal(
			fitsPlace('urn n', { prefix: 'def f():\n    ret', suffix: '\n    m = 2\n', languageId: 'python' }),
			false,
		);
		assert.equal(
			fitsPlace('ult = n', { prefix: 'def f():\n    res', suffix: '\n    m = 2\n', languageId: 'python' }),
			true,
		);
	});

	it('looks at the first line of an answer alone', () => {
		assert.equal(
			fitsPlace('if a:\n        b()', { prefix: '    ', suffix: '\n        c()\n', languageId: 'python' }),
			true,
		);
	});

	it('wants a name that is needed below and stands nowhere above', () => {
		const place = { prefix: 'def f(xs):\n    ', suffix: '\n    return total + xs[0]\n', languageId: 'python' };
		assert.equal(fitsPlace('total = 0', place), true);
		assert.equal(fitsPlace('result = 0', place), false);
	});
});
