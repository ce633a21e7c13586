import assert from 'node:assert/strict';
import { VirtualClock } from '../../../bench/clock/virtualClock';
import { estimateMedian, median, pairedChange, quantile } from '../../../bench/statistics';

describe('VirtualClock', () => {
	it('wakes sleepers in the order of time, and of asking at the same time', async () => {
		const clock = new VirtualClock();
		const woken: string[] = [];
		const sleep = async (name: string, ...naps: readonly number[]): Promise<void> => {
			for (const nap of naps) {
				await clock.sleep(nap);
				woken.push(`${name}@${clock.now()}`);
			}
		};
		void sleep('a', 30, 10);
		void sleep('b', 10, 20, 5);
		void sleep('c', 30);
		await clock.run();
		assert.deepEqual(woken, ['b@10', 'a@30', 'c@30', 'b@30', 'b@35', 'a@40']);
	});

	it('takes no time for work between two sleeps', async () => {
		const clock = new VirtualClock();
		let ended: number | undefined;
		const work = async (): Promise<void> => {
			await clock.sleep(5);
			for (let step = 0; step < 100; step++) {
				await Promise.resolve();
			}
			await clock.sleep(5);
			ended = clock.now();
		};
		void work();
		await clock.run();
		assert.equal(ended, 10);
	});

	it('forgets a timer that was taken back, and stops where it is told to', async () => {
		const clock = new VirtualClock();
		const gone: number[] = [];
		clock.after(10, () => gone.push(10));
		const takeBack = clock.after(20, () => gone.push(20));
		clock.after(30, () => gone.push(30));
		clock.after(50, () => gone.push(50));
		takeBack();
		await clock.run(40);
		assert.deepEqual(gone, [10, 30]);
	});
});

describe('statistics', () => {
	it('interpolates between two values', () => {
		assert.equal(median([4, 1, 3, 2]), 2.5);
		assert.equal(quantile([10, 20, 30], 0.75), 25);
		assert.ok(Number.isNaN(median([])));
	});

	it('gives an interval around the median that narrows with more values', () => {
		const values = (count: number): number[] => Array.from({ length: count }, (_, index) => (index * 7919) % 101);
		const few = estimateMedian(values(10));
		const many = estimateMedian(values(300));
		for (const { median: middle, from, to } of [few, many]) {
			assert.ok(from <= middle && middle <= to && from < to);
		}
		assert.ok(many.to - many.from < few.to - few.from);
		assert.deepEqual(estimateMedian(values(10)), few);
	});

	it('tells the change of a share with an interval, also where nothing changed', () => {
		// By hand: 1.96 · √(2/418) / √418, and 6/402 - 2/402 ± 1.96 · √(8/402 - (4/402)²) / √402.
		assert.deepEqual(pairedChange(416, { better: 0, worse: 0 }), { change: 0, from: -0.66, to: 0.66 });
		assert.deepEqual(pairedChange(400, { better: 5, worse: 1 }), { change: 1, from: -0.38, to: 2.37 });
	});
});
