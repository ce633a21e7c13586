import assert from 'node:assert/strict';
import { Explainer } from '../../../src/engine/explainer';
import type { ChatParams } from '../../../src/protocol/engineContract';
import { answerOf, decode, FakeModel, FakeSequence, fakeTokenizer } from './fakeModel';

function setUp(answer: string, capacity = 200) {
	const sequence = new FakeSequence(capacity);
	sequence.answer = answerOf(answer);
	const explainer = new Explainer({
		model: new FakeModel(),
		template: 'any',
		tokenizer: fakeTokenizer,
		sequence,
	});
	const told: string[] = [];
	const run = (changes: Partial<ChatParams> = {}, turn: () => Promise<void> = () => Promise.resolve()) =>
		explainer.run(
			{ requestId: 1, messages: [{ role: 'user', content: 'why?' }], maxTokens: 50, ...changes },
			turn,
			text => told.push(text),
		);
	return { sequence, run, told };
}

describe('Explainer', () => {
	it('streams what it writes, with a probability a token', async () => {
		const { run, told } = setUp('It adds.');
		const result = await run();
		assert.equal(result.text, 'It adds.');
		assert.equal(told.join(''), 'It adds.');
		assert.deepEqual(result.probabilities, Array<number>(8).fill(0.8));
		assert.equal(result.stopReason, 'end-of-generation');
		assert.equal(result.promptTokens, 7);
	});

	it('stops when it goes round in circles', async () => {
		const result = await setUp('This is it. '.repeat(10)).run();
		assert.equal(result.stopReason, 'repetition');
		assert.equal(result.text, 'This is it. ');
	});

	it('stops at its limit', async () => {
		const result = await setUp('It adds two numbers.').run({ maxTokens: 4 });
		assert.deepEqual([result.text, result.stopReason], ['It a', 'token-limit']);
	});

	it('penalises what it wrote lately, and nothing of the prompt', async () => {
		const { run, sequence } = setUp('abc');
		await run();
		assert.deepEqual(decode(sequence.penalised), 'abc');
	});

	it('waits for its turn before each step', async () => {
		const { run, sequence } = setUp('abcdef');
		let turns = 0;
		await run({}, () => {
			turns++;
			return Promise.resolve();
		});
		assert.ok(turns > sequence.slices.length);
	});

	it('ends when its turn is refused, and can be asked again', async () => {
		const { run, told } = setUp('abcdef');
		const refuse = (): Promise<void> =>
			told.length < 2 ? Promise.resolve() : Promise.reject(new DOMException('stop', 'AbortError'));
		await assert.rejects(run({}, refuse), { name: 'AbortError' });
		assert.equal((await run()).text, 'abcdef');
	});

	it('shortens the longest message until there is room for an answer', async () => {
		const { run, sequence } = setUp('ok');
		const messages = [
			{ role: 'system', content: 'Be brief.' },
			{ role: 'user', content: 'x'.repeat(100_000) },
		] as const;
		const result = await run({ messages: [...messages] });
		assert.equal(result.text, 'ok');
		assert.ok(result.promptTokens <= 150, `${result.promptTokens}`);
		const prompt = decode(sequence.held);
		assert.ok(prompt.includes('Be brief.'));
		assert.ok(prompt.includes('[…]'));
	});
});

describe('Explainer of a model that writes one sentence', () => {
	const sentence = { bos: 0xe000, file: 0xe003, explain: 0xe006, answer: 0xe007, floor: 0.5 };
	const setUpSentence = (answer: string, capacity = 200) => {
		const sequence = new FakeSequence(capacity);
		sequence.answer = answerOf(answer);
		const explaining = { model: new FakeModel(), sentence, tokenizer: fakeTokenizer, sequence };
		const explainer = new Explainer(explaining);
		const ask = (code: string) =>
			explainer.run(
				{ requestId: 1, path: 'a.ts', code, maxTokens: 50 },
				() => Promise.resolve(),
				() => undefined,
			);
		return { explainer, sequence, ask };
	};

	it('lays the code out as the model was trained, and penalises nothing', async () => {
		const { sequence, ask } = setUpSentence('Adds.');
		const result = await ask('f()\n');
		assert.equal(result.text, 'Adds.');
		assert.equal(decode(sequence.held), '\ue000\ue003a.ts\n\ue006f()\n\ue007Adds.');
		assert.deepEqual(sequence.penalised, []);
	});

	for (const [answer, text] of [
		['Adds one. Then two.', 'Adds one.'],
		['Adds one\nThen two.', 'Adds one'],
		['Is it 1.5? No.', 'Is it 1.5?'],
	] as const) {
		it(`stops at the end of the sentence: ${JSON.stringify(answer)}`, async () => {
			const result = await setUpSentence(answer).ask('f()\n');
			assert.deepEqual([result.text, result.stopReason], [text, 'end-of-generation']);
		});
	}

	it('cuts long code and leaves room for the answer', async () => {
		const result = await setUpSentence('Adds.').ask('f()\n'.repeat(1000));
		assert.ok(result.promptTokens <= 146 && result.promptTokens > 130, `${result.promptTokens}`);
		assert.equal(result.text, 'Adds.');
	});

	it('is not asked by messages, nor a model that chats for a sentence', async () => {
		const messages = [{ role: 'user' as const, content: 'why?' }];
		const idle = [() => Promise.resolve(), () => undefined] as const;
		const { explainer } = setUpSentence('Adds.');
		const chat = { requestId: 1, messages, maxTokens: 5 };
		await assert.rejects(explainer.run(chat, ...idle), { code: 'model-cannot-explain' });
		const parts = { model: new FakeModel(), tokenizer: fakeTokenizer, sequence: new FakeSequence() };
		const asked = new Explainer(parts).run({ requestId: 1, path: 'a', code: 'b', maxTokens: 5 }, ...idle);
		await assert.rejects(asked, { code: 'model-cannot-explain' });
	});
});
