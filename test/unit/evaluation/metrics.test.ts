import assert from 'node:assert/strict';
import fc from 'fast-check';
import { editSimilarity } from '../../../src/core/evaluation/editSimilarity';
import { wilsonInterval } from '../../../src/core/evaluation/interval';
import { acceptedCharacters, firstLine, judge, typedCharacters } from '../../../src/core/evaluation/judge';
import { seededOrder } from '../../../src/core/evaluation/seededOrder';

describe('edit similarity', () => {
	for (const [a, b, expected] of [
		['', '', 1],
		['abc', 'abc', 1],
		['abc', '', 0],
		['abc', 'xyz', 0],
		['abcd', 'abxd', 0.75],
		['kitten', 'sitting', 1 - 3 / 7],
		['abc', 'abcd', 0.75],
	] as const) {
		it(`of ${JSON.stringify(a)} and ${JSON.stringify(b)} is ${expected.toFixed(2)}`, () => {
			assert.ok(Math.abs(editSimilarity(a, b) - expected) < 1e-9);
		});
	}

	it('is the same both ways, between 0 and 1, and 1 for equal texts only', () => {
		const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '('), maxLength: 12 });
		fc.assert(
			fc.property(text, text, (a, b) => {
				const similarity = editSimilarity(a, b);
				assert.equal(similarity, editSimilarity(b, a));
				assert.ok(similarity >= 0 && similarity <= 1);
				assert.equal(similarity === 1, a === b);
			}),
		);
	});

	it('takes no more of a long text than pays', () => {
		assert.equal(editSimilarity('x'.repeat(100_000), 'x'.repeat(500)), 1);
	});
});

type Row = [name: string, shown: string, hidden: string, verdict: string];

/** Verdict: L exact line, E exact, R right; then what is accepted. */
const judged: readonly Row[] = [
	['the whole rest of the line', 'bar(1);', 'bar(1);', 'LER 7'],
	['white space at the end', 'bar(1); ', 'bar(1);', 'LER 7'],
	['a right part of the line', 'bar(', 'bar(1);', 'R 4'],
	['a part that ends within a word', 'fooB', 'fooBar;', ' 0'],
	['a whole word that the hidden one goes on from', 'foo', 'fooBar', ' 0'],
	['a wrong end', 'bar(2);', 'bar(1);', ' 4'],
	['more than there was', 'bar(1);\nbaz();', 'bar(1);', 'L 7'],
	['another line', 'return;', 'bar(1);', ' 0'],
	['nothing', '', 'bar(1);', ' 0'],
	['white space', ' \n', 'bar(1);', ' 0'],
	['the first line of a block', '\n\ta();\n\tx();', '\n\ta();\n\tb();', 'L 4'],
	['the first line of a block alone', '\n\ta();', '\n\ta();\n\tb();', 'LR 4'],
	['a block', '\n\ta();\n\tb();', '\n\ta();\n\tb();', 'LER 8'],
	['a block with another indentation', '\n  a();', '\n\ta();', ' 0'],
	['too little to accept', '()', '() => 1', 'R 0'],
	['a missing space in front', '= 1', ' = 1', ' 0'],
];

describe('a judgement', () => {
	for (const [name, shown, hidden, verdict] of judged) {
		it(`of ${name}`, () => {
			const { isExactLine, isExact, isRight, accepted } = judge(shown, hidden);
			const letters = [isExactLine ? 'L' : '', isExact ? 'E' : '', isRight ? 'R' : ''].join('');
			assert.equal(`${letters} ${accepted}`, verdict);
		});
	}

	it('finds the hidden text itself right, exact and accepted to the end', () => {
		const code = fc.string({ unit: fc.constantFrom('a', 'B', '.', '(', ' ', '\n', '\t'), minLength: 1, maxLength: 40 });
		fc.assert(
			fc.property(code, hidden => {
				fc.pre(typedCharacters(hidden) >= 3);
				const judgement = judge(hidden, hidden);
				assert.ok(judgement.isExact && judgement.isExactLine && judgement.isRight);
				assert.equal(judgement.accepted, typedCharacters(hidden));
				assert.equal(judgement.similarity, 1);
			}),
		);
	});

	it('never accepts more than is shown, nor more than was hidden', () => {
		const code = fc.string({ unit: fc.constantFrom('a', 'b', '.', '(', ' ', '\n\t'), maxLength: 20 });
		fc.assert(
			fc.property(code, code, (shown, hidden) => {
				const accepted = acceptedCharacters(shown, hidden);
				assert.ok(accepted <= typedCharacters(shown) && accepted <= typedCharacters(hidden));
				assert.ok(accepted === 0 || accepted >= 3);
			}),
		);
	});

	for (const [text, first] of [
		['a\nb', 'a'],
		['\n\ta \nb', '\n\ta'],
		['', ''],
		[' \n', ''],
	] as const) {
		it(`looks at the first line of ${JSON.stringify(text)}`, () => {
			assert.equal(firstLine(text), first);
		});
	}
});

describe('an interval', () => {
	for (const [successes, count, low, high] of [
		[0, 0, 0, 1],
		[0, 10, 0, 0.278],
		[5, 10, 0.237, 0.763],
		[10, 10, 0.722, 1],
		[500, 1000, 0.469, 0.531],
	] as const) {
		it(`of ${successes} in ${count}`, () => {
			const interval = wilsonInterval(successes, count);
			assert.ok(
				Math.abs(interval.low - low) < 0.001 && Math.abs(interval.high - high) < 0.001,
				JSON.stringify(interval),
			);
		});
	}

	it('holds the share, between 0 and 1', () => {
		fc.assert(
			fc.property(fc.nat(1000), fc.nat(1000), (a, b) => {
				const [successes, count] = [Math.min(a, b), Math.max(a, b, 1)];
				const { low, high } = wilsonInterval(successes, count);
				const share = successes / count;
				assert.ok(low >= 0 && low <= share + 1e-9 && high >= share - 1e-9 && high <= 1);
			}),
		);
	});
});

describe('the seeded order', () => {
	it('is the same for the same, and other for another seed, name or number', () => {
		const order = seededOrder(1, 'a.ts')(7);
		assert.equal(seededOrder(1, 'a.ts')(7), order);
		assert.notEqual(seededOrder(2, 'a.ts')(7), order);
		assert.notEqual(seededOrder(1, 'b.ts')(7), order);
		assert.notEqual(seededOrder(1, 'a.ts')(8), order);
	});

	it('spreads evenly', () => {
		const orders = Array.from({ length: 4000 }, (_, number) => seededOrder(5, 'name')(number) / 2 ** 32);
		for (const quarter of [0, 0.25, 0.5, 0.75]) {
			const count = orders.filter(order => order >= quarter && order < quarter + 0.25).length;
			assert.ok(count > 880 && count < 1120, String(count));
		}
	});
});
