import assert from 'node:assert/strict';
import { chooseSentence } from '../../../../src/core/explain/sentence/chooseSentence';
import { contradictions, saysSomething } from '../../../../src/core/explain/sentence/contradictions';
import { markUnknown } from '../../../../src/core/explain/sentence/groundedWords';
import { sampleEvidence } from '../../../support/evidence';

const evidence = sampleEvidence();
const choose = (...candidates: readonly (readonly [string, number])[]) =>
	chooseSentence(
		candidates.map(([text, gain]) => ({ text, gain })),
		evidence,
		'the code',
		0.1,
	);

describe('chooseSentence', () => {
	it('takes the sentence that makes the code likeliest, as a whole sentence', () => {
		assert.equal(
			choose([' returns the number of items', 0.2], [' returns the sum of the items', 0.3]),
			'The code returns the sum of the items.',
		);
	});

	it('has none where no sentence reaches the floor, and none of none', () => {
		assert.equal(choose([' returns the sum of the items.', 0.09]), undefined);
		assert.equal(choose(), undefined);
	});

	it('passes over what the syntax contradicts', () => {
		assert.equal(
			choose([' sorts the items and waits for a promise.', 0.9], [' returns the sum of the items.', 0.2]),
			'The code returns the sum of the items.',
		);
	});

	it('prefers a sentence that names nothing unknown, and marks what is unknown in the one that stays', () => {
		const unknown = ' returns the sum of `prices`.';
		assert.equal(choose([unknown, 0.22], [' returns the sum of items.', 0.2]), 'The code returns the sum of items.');
		assert.equal(choose([unknown, 0.5]), 'The code returns the sum of `prices` [not in the code].');
	});

	it('leaves out words that say nothing', () => {
		assert.equal(choose([' is a function that sums the items.', 1]), 'The code sums the items.');
	});

	for (const text of [
		' is a simple example.',
		' above.',
		' is used',
		' lets you add your own items.',
		' the items of the cart.',
		' returns a new `{items: sum}`.',
		' has the following behavior:',
		' is true if the items sum, false if the items sum.',
	]) {
		it(`does not show ${JSON.stringify(text)}`, () => {
			assert.equal(choose([text, 1]), undefined);
		});
	}
});

describe('markUnknown', () => {
	for (const [sentence, marked] of [
		['It multiplies sum(items) by this.rate.', 'It multiplies sum(items) by this.rate.'],
		['It calls fetchAll() 3 times.', 'It calls fetchAll [not in the code]() 3 [not in the code] times.'],
		['It uses max_size and `Cart`.', 'It uses max_size [not in the code] and `Cart`.'],
		['It reads e.g. the rate.', 'It reads e.g. the rate.'],
		['JavaScript adds utf8.', 'JavaScript [not in the code] adds utf8 [not in the code].'],
	] as const) {
		it(JSON.stringify(sentence), () => {
			assert.equal(markUnknown(sentence, evidence), marked);
		});
	}

	it('knows what the evidence says besides the code', () => {
		const definitions = [{ name: 'sum', path: 'a.ts', line: 1, text: 'function sum(maxItems = 7)' }];
		const sentence = 'It sums at most 7 of `maxItems`.';
		assert.equal(markUnknown(sentence, sampleEvidence({ definitions })), sentence);
		assert.notEqual(markUnknown(sentence, evidence), sentence);
	});
});

describe('contradictions', () => {
	const check = (sentence: string, code: string, languageId = 'javascript') =>
		contradictions(sentence, code, languageId);

	it('finds statements that the code cannot bear out', () => {
		assert.deepEqual(check('throws when it is empty', 'function f(a) {\n\ta.b = 1;\n}'), ['throws']);
		assert.deepEqual(check('iterates over the items', 'a.b = 1;'), ['loops']);
		assert.deepEqual(check('returns a promise', 'a.b = 1;'), ['waits', 'returns']);
		assert.deepEqual(check('saves to the database', 'x = y * 2', 'python'), ['network']);
		assert.deepEqual(check('returns true when done', 'def f(a):\n    return a', 'python'), ['booleans']);
	});

	it('is not taken in by strings and comments', () => {
		assert.deepEqual(check('throws an error', 'f("throw"); // throw'), ['throws']);
	});

	it('lets true statements pass', () => {
		assert.deepEqual(check('throws when it is empty', 'if (!a) { throw new RangeError(); }'), []);
		assert.deepEqual(check('loops over the items and sorts them', 'items.map(f).sort()'), []);
		assert.deepEqual(check('returns the last value', 'fn f(a: u8) -> u8 {\n    a + 1\n}', 'rust'), []);
	});

	it('tells empty words', () => {
		assert.ok(saysSomething(' adds two numbers.'));
		assert.ok(!saysSomething(' is a function.'));
	});
});
