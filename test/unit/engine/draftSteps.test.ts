import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { DraftGauge, longestDraft } from '../../../src/core/engine/draftGauge';
import { OpenTexts } from '../../../src/core/prior/openTexts';
import { Completer } from '../../../src/engine/completer';
import { Drafter } from '../../../src/engine/drafter';
import { EarlierAnswers } from '../../../src/engine/earlierAnswers';
import { answerOf, decode, fakeFormat, FakeSequence, fakeTokenizer } from './fakeModel';
import { HashSequence } from './hashSequence';

const free = (): Drafter => new Drafter(1);
const trusting = { base: -2.65, perDoubling: 0.32, perShare: 2.81 };
const line = 'const total = items.map(item => item.price);\n';
const ask = {
	...{ requestId: 1, path: 'a.ts', languageId: 'typescript', suffix: '', pieces: [], probabilityFloor: 0 },
	extent: 'line' as const,
	without: ['healing' as const],
};

async function completer(sequence: FakeSequence | HashSequence, file: string, drafts?: Drafter, trust = trusting) {
	const texts = new OpenTexts();
	await texts.add({ id: 'b', path: 'b.ts', text: file }, () => Promise.resolve());
	const model = {
		format: fakeFormat,
		tokenizer: fakeTokenizer,
		decode,
		sequence,
		prior: { texts, trust: () => trust },
	};
	const made = new Completer({ ...model, ...(drafts && { drafts }) });
	return (prefix: string, most = 40) =>
		made.run({ ...ask, prefix, maxTokens: most }, new AbortController().signal, () => undefined);
}

/** Goes on with its answer when some of that is taken back. */
class Retracting extends FakeSequence {
	#isAnswering = false;

	override keepCommonPrefix(tokens: readonly number[]): Promise<number> {
		if (!this.#isAnswering) {
			this.#isAnswering = true;
			return super.keepCommonPrefix(tokens);
		}
		assert.deepEqual(this.held.slice(0, tokens.length), tokens);
		this.held = this.held.slice(0, tokens.length);
		return Promise.resolve(tokens.length);
	}
}

describe('DraftGauge', () => {
	it('is for drafts where checking them costs little, and against them where it costs much', () => {
		assert.deepEqual(
			[1, 1.3, 1.78, 2.37].map(cost => new DraftGauge(cost).pays(longestDraft)),
			[true, true, true, false],
		);
	});

	it('gives drafts up that are wrong, and tries them again later', () => {
		const gauge = new DraftGauge(1.78);
		for (let count = 0; count < 10; count++) {
			gauge.observe(3, 0);
		}
		let declined = 0;
		while (!gauge.pays(3)) {
			declined++;
			assert.ok(declined < 1000);
		}
		assert.ok(declined > 10);
	});

	it('comes to make drafts at a price at which only good ones pay', () => {
		const gauge = new DraftGauge(2.2);
		assert.equal(gauge.pays(3), false);
		for (let count = 0; count < 30; count++) {
			gauge.observe(3, 3);
		}
		assert.equal(gauge.pays(3), true);
	});
});

describe('EarlierAnswers', () => {
	it('tells what the latest answer had behind the same four tokens', () => {
		const answers = new EarlierAnswers();
		for (const answer of [
			[5, 6, 1],
			[5, 6, 2, 3, 4, 9],
		]) {
			const tokens = [1, 2, 3, 4];
			answers.begin(tokens);
			tokens.push(...answer);
		}
		const now = [8, 8, 3, 4, 5, 6];
		answers.begin(now);
		assert.deepEqual(answers.behind(now), [2, 3, 4]);
		now.push(2, 3, 4, 9);
		assert.deepEqual(answers.behind(now), []);
	});

	it('says nothing of prompts, of fewer agreeing tokens, and of answers long ago', () => {
		const answers = new EarlierAnswers();
		const earlier = [1, 2, 3, 4, 5, 6];
		answers.begin(earlier);
		earlier.push(7, 8);
		assert.deepEqual(answers.behind([1, 2, 3, 4]), []);
		assert.deepEqual(answers.behind([9, 4, 5, 6]), []);
		assert.deepEqual(answers.behind([4, 5, 6]), []);
		assert.deepEqual(answers.behind([3, 4, 5, 6]), [7, 8]);
		for (let count = 0; count < 4; count++) {
			answers.begin([]);
		}
		assert.deepEqual(answers.behind([3, 4, 5, 6]), []);
	});
});

describe('decoding with drafts', () => {
	it('writes the same in fewer calls, and leaves in the cache what it wrote', async () => {
		const runs = [];
		for (const drafts of [undefined, free()]) {
			const sequence = new FakeSequence();
			sequence.answer = answerOf('items.map(item => item.price);\n', 0.9);
			const run = await completer(sequence, `do();\n${line}`, drafts);
			const { text } = await run('do();\nconst total = ');
			runs.push({ text, calls: sequence.slices.length, held: decode(sequence.held) });
		}
		const [without, drafted] = runs;
		assert.ok(without && drafted);
		assert.equal(drafted.text, 'items.map(item => item.price);');
		assert.equal(drafted.text, without.text);
		assert.ok(drafted.calls * 2 < without.calls, `${drafted.calls} and ${without.calls}`);
		assert.ok(drafted.held.startsWith(without.held));
	});

	it('takes back what the model does not write', async () => {
		const doubtful = { base: -9, perDoubling: 0, perShare: 0 };
		const sequence = new Retracting();
		sequence.answer = answerOf('items.find(one);\n', 0.999);
		const run = await completer(sequence, `do();\n${line}`, free(), doubtful);
		assert.equal((await run('do();\nconst total = ')).text, 'items.find(one);');
		assert.ok(sequence.slices.includes(1 + longestDraft));
		assert.ok(decode(sequence.held).endsWith('total = items.find(one);'), decode(sequence.held));
	});

	it('writes again in fewer calls what it wrote before a key, where no text at hand has it', async () => {
		const sequence = new FakeSequence();
		sequence.answer = answerOf('items.find(one);\n', 0.9);
		const run = await completer(sequence, 'nothing of the kind\n', free());
		await run('const total = ');
		const before = sequence.slices.length;
		sequence.answer = answerOf('tems.find(one);\n', 0.9);
		assert.equal((await run('const total = i')).text, 'tems.find(one);');
		assert.ok((sequence.slices.length - before) * 2 < before, `${before}, then ${sequence.slices.length - before}`);
	});

	it('makes drafts of earlier answers also where those of other texts do not pay', () => {
		const drafter = new Drafter(2.37);
		const guess = { agreeing: 8, tokens: new Map([[7, 1]]), draft: [7, 7, 7] };
		const earlier = [1, 2, 3, 4];
		drafter.begin(earlier);
		earlier.push(5, 6, 7);
		assert.deepEqual(drafter.draft([1, 2, 3, 4], guess)?.tokens, [5, 6, 7]);
		assert.equal(drafter.draft([2, 2, 2, 2], guess), undefined);
		assert.deepEqual(new Drafter(1.2).draft([2, 2, 2, 2], guess)?.tokens, [7, 7, 7]);
		assert.equal(new Drafter(4).draft([2, 2, 2, 2], guess), undefined);
	});

	it('makes none where that does not pay, and none of what agrees too little', async () => {
		for (const [file, drafts] of [
			[`do();\n${line}`, new Drafter(4)],
			['let other = items;\n', free()],
		] as const) {
			const sequence = new FakeSequence();
			sequence.answer = answerOf('items;\n', 0.9);
			await (
				await completer(sequence, file, drafts)
			)('const total = ');
			assert.ok(
				sequence.slices.slice(1).every(length => length === 1),
				sequence.slices.join(' '),
			);
		}
	});

	/** Words that come again and again, so that much agrees and much does not. */
	const words = fc.array(fc.constantFrom('ab', 'a', '1', '(', ')', '{', ';\n', ' ', '\t'), { maxLength: 60 });

	it('writes what it would have written without, whatever the texts are', async () => {
		const even = { base: -0.85, perDoubling: 0, perShare: 0 }; // the model's best token wins about as often as the prior's
		const [made, right] = [[], []] as [number[], number[]];
		class Counting extends DraftGauge {
			override observe(length: number, good: number): void {
				made.push(length);
				right.push(good);
			}
		}
		await fc.assert(
			fc.asyncProperty(words, words, fc.array(fc.nat(60), { maxLength: 4 }), async (file, own, cuts) => {
				const [plain, drafted] = [new HashSequence(400), new HashSequence(400)];
				const without = await completer(plain, file.join('').repeat(2), undefined, even);
				const gauge = new Counting(1);
				const drafter = new Drafter(1, { earlierAnswers: gauge, texts: gauge });
				const within = await completer(drafted, file.join('').repeat(2), drafter, even);
				for (const cut of [file.length, ...cuts]) {
					const prefix = [...own, ...file.slice(0, cut)].join('');
					const [expected, actual] = [await without(prefix, 12), await within(prefix, 12)];
					assert.deepEqual(
						[actual.text, actual.tokens, actual.stopReason],
						[expected.text, expected.tokens, expected.stopReason],
					);
				}
			}),
			{ numRuns: 120, seed: 7 }, // a seed, so that enough of it is drafts
		);
		const wrong = right.filter((good, at) => good < (made[at] ?? 0)).length;
		assert.ok(made.length > 50 && wrong > 0 && wrong < made.length, `${made.length} drafts, ${wrong} wrong`);
	});
});
