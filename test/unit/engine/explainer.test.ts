import assert from 'node:assert/strict';
import { Explainer } from '../../../src/engine/explainer';
import type { ExplanationParams } from '../../../src/protocol/engineContract';
import { answerOf, decode, encode, FakeModel, FakeSequence } from './fakeModel';

function setUp(answer: string, capacity = 200) {
	const sequence = new FakeSequence(capacity);
	sequence.answer = answerOf(answer);
	const explainer = new Explainer({ model: new FakeModel(), tokenizer: { tokenize: encode }, sequence });
	const told: string[] = [];
	const run = (changes: Partial<ExplanationParams> = {}, turn: () => Promise<void> = () => Promise.resolve()) =>
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
