import assert from 'node:assert/strict';
import { detectSentenceFormat, layoutSentence } from '../../../src/core/prompt/sentenceFormat';
import { FakeTokenizer } from './fakeTokenizer';
import { factsOf } from './modelFacts';

const controlTokens = new Map([
	['<explain>', 5],
	['<answer>', 6],
	['<file_sep>', 7],
]);
const facts = factsOf('sotto', { controlTokens, bos: 1 });
const format = { bos: 1, file: 7, explain: 5, answer: 6, floor: 0.4 };

describe('detectSentenceFormat', () => {
	it('finds the tokens of weights that were graded', () => {
		assert.deepEqual(detectSentenceFormat(facts, 0.4), format);
	});

	it('does not take the tokens alone for the training', () => {
		assert.equal(detectSentenceFormat(facts, undefined), undefined);
	});

	for (const missing of controlTokens.keys()) {
		it(`needs ${missing}`, () => {
			const fewer = new Map([...controlTokens].filter(([text]) => text !== missing));
			assert.equal(detectSentenceFormat({ ...facts, controlTokens: fewer }, 0.4), undefined);
		});
	}

	it('needs a token that begins a text', () => {
		assert.equal(detectSentenceFormat({ ...facts, bos: undefined }, 0.4), undefined);
	});

	for (const [floor, taken] of [
		[-3, 0],
		[7, 1],
	] as const) {
		it(`takes a floor of ${floor} for ${taken}`, () => {
			assert.equal(detectSentenceFormat(facts, floor)?.floor, taken);
		});
	}
});

describe('layoutSentence', () => {
	const names = new Map([
		[1, '[BOS]'],
		[5, '[EXPLAIN]'],
		[6, '[ANSWER]'],
		[7, '[FILE]'],
	]);
	const render = (code: string, budget: number): string => {
		const tokenizer = new FakeTokenizer();
		const tokens = layoutSentence(format, tokenizer, { path: 'src/a.ts', code }, budget);
		assert.ok(tokens.length <= budget);
		const ofFamily = { family: 'sotto', verified: true, order: 'suffix-first', prefix: 3, suffix: 4 } as const;
		const unused = { middle: undefined, file: undefined, bos: undefined, stops: new Set<number>() };
		const text = tokenizer.render(tokens, { ...ofFamily, ...unused });
		return text.replace(/\[(\d)\?\]/g, (whole, id: string) => names.get(Number(id)) ?? whole);
	};

	it('names the file, shows the code and leaves the answer to follow', () => {
		assert.equal(render('f() {\n}\n', 100), '[BOS][FILE]src/a.ts\n[EXPLAIN]f() {\n}\n[ANSWER]');
	});

	it('cuts code that does not fit at a line', () => {
		assert.equal(render('one\ntwo\nthree\n', 14), '[BOS][FILE]src/a.ts\n[EXPLAIN]one\ntwo\n[ANSWER]');
	});
});
