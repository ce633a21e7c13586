import assert from 'node:assert/strict';
import fc from 'fast-check';
import { containment, similarity, tokenSet } from '../../../src/core/context/codeTokens';

/** Texts whose sets of words are equal. */
const equal: readonly [string, string][] = [
	['fooBar', 'foo bar foobar'],
	['foo_bar', 'bar foo foo_bar'],
	['HTTPServer', 'httpserver'],
	['getUserName()', 'user name getusername'],
	['const x = value;', 'value'],
	['a + b', ''],
	['x1 = 0xff + 12abc', 'x1'],
	['größe', 'größe größe'],
	['$scope._id', 'scope id $scope _id'],
	['VALUE value Value', 'value'],
	['', ''],
];

const words = fc.array(fc.constantFrom('foo', 'fooBar', 'baz_qux', 'if', '+', '1', '(', 'größe'), { maxLength: 12 });
const text = words.map(list => list.join(' '));

describe('tokenSet', () => {
	for (const [a, b] of equal) {
		it(`of '${a}' is that of '${b}'`, () => {
			assert.deepEqual(tokenSet(a), tokenSet(b));
		});
	}

	it('is sorted, without duplicates', () => {
		fc.assert(
			fc.property(text, value => {
				const tokens = [...tokenSet(value)];
				assert.deepEqual(
					tokens,
					[...new Set(tokens)].sort((a, b) => a - b),
				);
			}),
		);
	});
});

describe('similarity', () => {
	it('is 1 for the same words, 0 for none in common, and symmetric', () => {
		assert.equal(similarity(tokenSet('alpha beta'), tokenSet('beta = alpha')), 1);
		assert.equal(similarity(tokenSet('alpha'), tokenSet('beta')), 0);
		assert.equal(similarity(tokenSet(''), tokenSet('')), 0);
		fc.assert(
			fc.property(text, text, (a, b) => {
				assert.equal(similarity(tokenSet(a), tokenSet(b)), similarity(tokenSet(b), tokenSet(a)));
			}),
		);
	});

	it('is the share of common words in all words', () => {
		assert.equal(similarity(tokenSet('alpha beta gamma'), tokenSet('beta gamma delta')), 0.5);
	});
});

describe('containment', () => {
	it('is the share of the words of the part', () => {
		assert.equal(containment(tokenSet('alpha beta'), tokenSet('beta gamma delta')), 0.5);
		assert.equal(containment(tokenSet('alpha'), tokenSet('alpha beta')), 1);
	});

	it('of nothing is 1: it adds nothing', () => {
		assert.equal(containment(tokenSet(''), tokenSet('alpha')), 1);
	});
});
