import assert from 'node:assert/strict';
import { Completer } from '../../../src/engine/completer';
import { largestSlice } from '../../../src/core/engine/pace';
import type { CompletionParams, GeneratedToken } from '../../../src/protocol/engineContract';
import { answerOf, decode, fakeFormat, FakeSequence, fakeTokenizer } from './fakeModel';

const params: CompletionParams = {
	requestId: 1,
	path: 'a.ts',
	languageId: 'typescript',
	// Ends with no word, so that no token is taken back.
	prefix: 'let a =',
	suffix: ';',
	pieces: [],
	extent: 'line',
	maxTokens: 20,
	probabilityFloor: 0,
};

function setUp(answer: string, capacity = 200) {
	const sequence = new FakeSequence(capacity);
	sequence.answer = answerOf(answer);
	const completer = new Completer({ format: fakeFormat, tokenizer: fakeTokenizer, decode, sequence });
	const told: GeneratedToken[] = [];
	const run = (changes: Partial<CompletionParams> = {}, signal = new AbortController().signal) =>
		completer.run({ ...params, ...changes }, signal, token => told.push(token));
	return { sequence, run, told };
}

describe('Completer', () => {
	it('answers with the text, its tokens, and why it stopped', async () => {
		const { run, told } = setUp('b1;\nc');
		const result = await run();
		assert.equal(result.text, 'b1;');
		assert.equal(result.stopReason, 'end-of-line');
		assert.deepEqual(
			result.tokens.map(({ text, probability }) => [text, probability]),
			[
				['b', 0.8],
				['1', 0.8],
				[';', 0.8],
			],
		);
		assert.equal(result.generatedTokens, 4);
		assert.deepEqual(told.map(({ text }) => text).join(''), 'b1;\n');
	});

	it('tells the prompt only to who asks for it', async () => {
		const { run } = setUp('b\n');
		assert.equal((await run()).prompt, undefined);
		const { prompt = [], promptTokens } = await run({ wantsPrompt: true });
		assert.equal(
			prompt.reduce((sum, { tokens }) => sum + tokens, 0),
			promptTokens,
		);
		assert.match(prompt.map(({ text }) => text).join(''), /let a =/);
	});

	it('ends with the model', async () => {
		const result = await setUp('b').run();
		assert.deepEqual([result.text, result.stopReason], ['b', 'end-of-generation']);
	});

	it('evaluates the whole prompt once, and one token when one character is typed', async () => {
		const { run } = setUp('b\n');
		const first = await run();
		assert.deepEqual([first.reusedTokens, first.evaluatedTokens], [0, first.promptTokens]);
		const second = await run({ prefix: `${params.prefix}(` });
		assert.deepEqual([second.reusedTokens, second.evaluatedTokens], [first.promptTokens, 1]);
	});

	it('evaluates nothing but the last token when what it predicted is typed', async () => {
		const { run } = setUp('([{\n');
		await run();
		const next = await run({ prefix: `${params.prefix}([` });
		assert.equal(next.evaluatedTokens, 1);
	});

	it('evaluates the last token again when nothing changed', async () => {
		const { run } = setUp('b\n');
		const first = await run();
		const again = await run();
		assert.deepEqual([again.reusedTokens, again.evaluatedTokens], [first.promptTokens - 1, 1]);
		assert.equal(again.text, first.text);
	});

	it('prefills in slices', async () => {
		const { run, sequence } = setUp('b\n', 1000);
		await run({ prefix: '+'.repeat(200) });
		assert.ok(sequence.slices.every(length => length <= largestSlice));
		assert.equal(sequence.slices.filter(length => length === largestSlice).length, 3);
	});

	it('lets go between two slices, and goes on from there', async () => {
		const { run, sequence } = setUp('b\n', 1000);
		const cancel = new AbortController();
		sequence.onEvaluate = () => {
			if (sequence.slices.length === 1) {
				cancel.abort();
			}
		};
		await assert.rejects(run({ prefix: '+'.repeat(300) }, cancel.signal), { name: 'AbortError' });
		assert.equal(sequence.held.length, 2 * largestSlice);
		sequence.onEvaluate = () => undefined;
		const result = await run({ prefix: '+'.repeat(300) });
		assert.equal(result.reusedTokens, 2 * largestSlice);
		assert.equal(result.text, 'b');
	});

	it('lets go between two tokens', async () => {
		const { run, told } = setUp('bcdef\n');
		const cancel = new AbortController();
		const running = run({}, cancel.signal);
		while (told.length < 2) {
			await Promise.resolve();
		}
		cancel.abort();
		await assert.rejects(running, { name: 'AbortError' });
		assert.ok(told.length < 5);
		assert.equal((await run()).text, 'bcdef');
	});

	it('ends where the model writes bytes that make no character', async () => {
		const sequence = new FakeSequence();
		sequence.answer = answerOf('ab\uFFFD'.repeat(9));
		const completer = new Completer({ format: fakeFormat, tokenizer: fakeTokenizer, decode, sequence });
		const result = await completer.run(params, new AbortController().signal, () => undefined);
		assert.deepEqual([result.text, result.stopReason], ['ab', 'end-of-generation']);
	});

	it('forgets its cache when a native call failed, since nobody knows what it holds', async () => {
		const { run, sequence } = setUp('b\n');
		await run();
		sequence.onEvaluate = () => {
			throw new Error('decode failed');
		};
		await assert.rejects(run({ prefix: 'other(' }), /decode failed/);
		assert.deepEqual(sequence.held, []);
	});

	it('keeps an improbable token out of the text, and reports it as the last of the tokens', async () => {
		const { run, sequence, told } = setUp('');
		sequence.answer = [...answerOf('ab', 0.9), ...answerOf('c', 0.1)];
		const result = await run({ probabilityFloor: 0.3 });
		assert.deepEqual([result.text, result.stopReason, told.length], ['ab', 'low-probability', 2]);
		assert.deepEqual(result.tokens.at(-1), { text: 'c', probability: 0.1 });
		assert.equal(result.tokens.length, 3);
	});

	it('writes no more than it is allowed to', async () => {
		const result = await setUp('abcdef').run({ maxTokens: 3 });
		assert.deepEqual([result.text, result.stopReason], ['abc', 'token-limit']);
	});

	it('lets the model write the last word again, and answers with what it adds', async () => {
		const { run, sequence } = setUp('(x)\n');
		sequence.top = [answerOf('t')];
		const result = await run({ prefix: 'prin t' });
		assert.deepEqual([result.text, decode(sequence.held).includes('prin t(')], ['(x)', true]);
		assert.equal(result.tokens.map(({ text }) => text).join(''), '(x)');
	});

	it('goes on from what was typed when the model would not have written it', async () => {
		const { run, sequence } = setUp('(x)\n');
		sequence.top = [answerOf('q')];
		assert.equal((await run({ prefix: 'prin t' })).text, '(x)');
		assert.ok(decode(sequence.held).includes('prin t('));
	});

	it('fills the cache and writes nothing when no token is allowed', async () => {
		const { run, sequence } = setUp('abc');
		const result = await run({ maxTokens: 0 });
		assert.deepEqual([result.text, result.tokens, result.stopReason], ['', [], 'token-limit']);
		assert.equal(sequence.held.length, result.promptTokens - 1);
	});

	it('stops before the context is full', async () => {
		const { run, sequence } = setUp(
			String.fromCodePoint(...Array.from({ length: 90 }, (_, index) => 0x400 + index)),
			100,
		);
		const result = await run({ prefix: 'word('.repeat(100), suffix: 'more '.repeat(100), maxTokens: 5000 });
		assert.equal(result.stopReason, 'context-full');
		assert.ok(sequence.held.length < 100);
	});
});
