import assert from 'node:assert/strict';
import { ThreadGovernor } from '../../../src/core/engine/threadGovernor';
import { calibrate } from '../../../src/engine/calibrate';
import type { TokenSequence } from '../../../src/engine/engineModel';
import { GovernedSequence } from '../../../src/engine/governedSequence';
import { FakeSequence } from './fakeModel';

const pace = { prefill: 1, decode: 10, verify: 16 };

function rig({ takes }: { readonly takes: number }) {
	const sequence = new FakeSequence(4000);
	const limits: string[] = [];
	let clock = 0;
	sequence.onEvaluate = () => {
		clock += takes;
	};
	const limit = (threads: number, isNew: boolean): void => {
		limits.push(`${threads}${isNew ? ' new' : ''}`);
	};
	const governing = { governor: new ThreadGovernor(4), pace, width: 100, limit, now: () => clock };
	return { sequence, limits, governed: new GovernedSequence(sequence, governing) };
}

describe('GovernedSequence', () => {
	const judged: readonly { name: string; takes: number; work: (sequence: TokenSequence) => Promise<unknown> }[] = [
		{ name: 'a token', takes: 40, work: sequence => sequence.evaluateNext(1, []) },
		{
			name: 'a token and what others think of it',
			takes: 40,
			work: sequence => sequence.evaluateAmong([{ token: 1, others: [2] }]),
		},
		{
			name: 'a draft',
			takes: 60,
			work: sequence => sequence.evaluateAmong([1, 2, 3, 4].map(token => ({ token, others: [] }))),
		},
		{ name: 'a slice', takes: 80, work: sequence => sequence.evaluate(Array.from({ length: 20 }, () => 1)) },
	];
	for (const { name, takes, work } of judged) {
		it(`judges by ${name}, and says the number each time`, async () => {
			const { governed, limits } = rig({ takes });
			for (let count = 0; count < 3; count++) {
				await work(governed);
			}
			assert.deepEqual(limits, ['4', '2 new', '2']);
		});
	}

	it('expects more of a token the more it looks back on', async () => {
		const { governed, limits } = rig({ takes: 25 });
		await governed.evaluate(Array.from({ length: 15 }, () => 1));
		for (let count = 0; count < 20; count++) {
			await governed.evaluateNext(1, []);
		}
		assert.equal(limits.at(-1), '2');
		const full = rig({ takes: 25 });
		for (let count = 0; count < 30; count++) {
			await full.governed.evaluate(Array.from({ length: 15 }, () => 1));
		}
		for (let count = 0; count < 20; count++) {
			await full.governed.evaluateNext(1, []);
		}
		assert.deepEqual([...new Set(full.limits)], ['4']);
		await full.governed.keepCommonPrefix([]);
		await full.governed.evaluate([1]);
		for (let count = 0; count < 20; count++) {
			await full.governed.evaluateNext(1, []);
		}
		assert.equal(full.limits.at(-1), '2');
	});

	it('does not judge by a few tokens', async () => {
		const { governed, limits } = rig({ takes: 1000 });
		for (let count = 0; count < 5; count++) {
			await governed.evaluate([1, 2, 3]);
		}
		assert.deepEqual(limits, []);
	});

	it('is for the rest the sequence that it governs', async () => {
		const { governed, sequence } = rig({ takes: 1 });
		sequence.answer = [{ token: 7, probability: 0.5 }];
		await governed.evaluate([3, 4]);
		assert.equal(await governed.keepCommonPrefix([3, 5]), 1);
		assert.equal(governed.capacity, 4000);
		sequence.top = [[{ token: 8, probability: 0.25 }]];
		assert.deepEqual(await governed.evaluateTop(5, 1), [{ token: 8, probability: 0.25 }]);
		await governed.dispose();
		assert.ok(sequence.isDisposed);
	});
});

describe('calibrate', () => {
	/** Threads of which each call takes as long as told, on a clock of its own. */
	function trial(takes: (threads: number) => number, threads = 4) {
		const lines: string[] = [];
		const limits: number[] = [];
		const sequence = new FakeSequence(4000);
		let clock = 0;
		sequence.onEvaluate = () => {
			clock += takes(limits.at(-1) ?? threads);
		};
		const limitThreads = (count: number): void => {
			limits.push(count);
		};
		const model = { device: 'cpu' as const, threads, width: 100, limitThreads };
		const now = (): number => clock;
		const clocks = { work: () => now, wall: now };
		const done = calibrate(sequence, 1, { model, log: line => lines.push(line) }, clocks);
		return { done, lines, limits, sequence };
	}

	it('leaves one thread and a graphics card alone', async () => {
		const sequence = new FakeSequence(4000);
		const limitThreads = (): void => assert.fail();
		const log = limitThreads;
		for (const [device, threads] of [
			['cpu', 1],
			['gpu', 7],
		] as const) {
			const parts = { model: { device, threads, width: 100, limitThreads }, log };
			assert.equal((await calibrate(sequence, 1, parts)).sequence, sequence);
		}
	});

	it('begins with all threads where they are faster than one', async () => {
		const { done, limits, lines } = trial(threads => 32 / threads);
		assert.deepEqual((await done).pace, { prefill: 0.5, decode: 8, verify: 8 });
		assert.deepEqual(limits, [1, 4, 4]);
		assert.deepEqual(lines, ['working with 4 of 4 threads']);
	});

	const ofOne = [1, 16, 16, 16, 1, 1, 1, 4, 4, 4];
	for (const { name, takes, slices } of [
		{ name: 'does not wait long to find that out', takes: 120, slices: [...ofOne, 1, ...ofOne] },
		{ name: 'waits for a single token where others need the processor', takes: 700, slices: [...ofOne, 1] },
	]) {
		it(`begins with one, at its pace, where all are slower; and ${name}`, async () => {
			const { done, limits, lines, sequence } = trial(threads => (threads === 1 ? 32 : takes));
			assert.deepEqual((await done).pace, { prefill: 2, decode: 32, verify: 32 });
			assert.deepEqual(limits, [1, 4, 1]);
			assert.deepEqual(lines, ['working with 1 of 4 threads']);
			assert.deepEqual(sequence.slices, slices);
			assert.deepEqual(sequence.held, []);
		});
	}

	it('takes threads away later, and logs that', async () => {
		let work = 32;
		const { done, limits, lines } = trial(threads => work / threads);
		const { sequence } = await done;
		limits.length = 0;
		work = 320;
		for (let count = 0; count < 3; count++) {
			await sequence.evaluateNext(1, []);
		}
		assert.deepEqual(limits, [4, 2, 2]);
		assert.deepEqual(lines.slice(1), ['working with 2 of 4 threads']);
	});
});
