import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { largestSlice, limitsOf } from '../../../src/core/engine/pace';
import { Completer } from '../../../src/engine/completer';
import { measurePace, workClock } from '../../../src/engine/measurePace';
import { answerOf, decode, fakeFormat, FakeSequence, fakeTokenizer } from './fakeModel';

describe('the limits of work', () => {
	const cases = [
		{ name: 'a small model', pace: { prefill: 0.2, decode: 3 }, slice: 64, prompt: 25_000, urgent: 3500, answer: 1000 },
		{
			name: '0.5 billion weights on one core',
			pace: { prefill: 6.1, decode: 29 },
			slice: 16,
			prompt: 819,
			urgent: 160,
			answer: 103,
		},
		{
			name: 'a model too slow for this machine',
			pace: { prefill: 90, decode: 400 },
			slice: 16,
			prompt: 512,
			urgent: 160,
			answer: 24,
		},
		{
			name: 'a clock that has not moved',
			pace: { prefill: 0, decode: 0 },
			slice: 64,
			prompt: Infinity,
			urgent: Infinity,
			answer: Infinity,
		},
	];
	for (const { name, pace, ...limits } of cases) {
		it(`suit ${name}`, () => {
			assert.deepEqual(limitsOf(pace), limits);
		});
	}

	it('fall with the pace and are never too small to work with', () => {
		const ms = fc.double({ min: 0, max: 1e6, noNaN: true });
		fc.assert(
			fc.property(ms, ms, (a, b) => {
				const [fast, slow] = [Math.min(a, b), Math.max(a, b)].map(each => limitsOf({ prefill: each, decode: each }));
				assert.ok(fast && slow && slow.slice <= fast.slice && slow.prompt <= fast.prompt && slow.answer <= fast.answer);
				assert.ok(slow.slice >= 16 && fast.slice <= largestSlice && slow.prompt >= 512 && slow.answer >= 24);
			}),
		);
	});
});

describe('measurePace', () => {
	it('takes the best of three, not the first evaluation, and leaves nothing in the cache', async () => {
		const sequence = new FakeSequence();
		const takes = [900, 48, 32, 64, 9, 5, 7, 12, 8, 9];
		let clock = 0;
		sequence.onEvaluate = () => {
			clock += takes.shift() ?? 0;
		};
		assert.deepEqual(await measurePace(sequence, 1, () => clock), { prefill: 2, decode: 5, verify: 8 });
		assert.deepEqual(sequence.slices, [1, 16, 16, 16, 1, 1, 1, 4, 4, 4]);
		assert.deepEqual(sequence.held, []);
	});
});

describe('workClock', () => {
	it('counts the work of the processor, divided by the threads that share it', () => {
		const [one, four] = [1, 4].map(threads => workClock({ device: 'cpu', threads }));
		assert.ok(one && four);
		const start = one();
		for (let spin = 0, end = start + 5; one() < end; spin++) {
			Math.sqrt(spin);
		}
		assert.ok(Math.abs(one() / four() - 4) < 0.1);
	});

	it('counts what a graphics card takes by the clock on the wall', () => {
		assert.ok(Math.abs(workClock({ device: 'gpu', threads: 1 })() - performance.now()) < 1000);
	});
});

describe('Completer within limits', () => {
	const params = { requestId: 1, path: 'a.ts', languageId: 'typescript', pieces: [], probabilityFloor: 0 };
	const ask = { ...params, prefix: 'x = 1;\n'.repeat(40), suffix: '\n}', extent: 'block' as const, maxTokens: 100 };

	it('reads in slices, no longer a prompt and writes no longer an answer than they allow', async () => {
		const sequence = new FakeSequence(2000);
		sequence.answer = answerOf('const other = [1, 2, 3].map(each => each * 2);');
		const limits = { slice: 20, prompt: 90, urgent: 90, answer: 12 };
		const model = { format: fakeFormat, tokenizer: fakeTokenizer, decode, sequence, limits };
		const result = await new Completer(model).run(ask, new AbortController().signal, () => undefined);
		assert.ok(sequence.slices.every(length => length <= 20));
		assert.ok(result.promptTokens > 60 && result.promptTokens <= 90, String(result.promptTokens));
		assert.deepEqual([result.generatedTokens, result.stopReason], [12, 'token-limit']);
	});
});
