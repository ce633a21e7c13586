import assert from 'node:assert/strict';
import { timeBudget } from '../../../src/extension/explain/timeBudget';

const never = new Promise<never>(() => undefined);
const day = 86_400_000;

function budget(ms: number, signal = new AbortController().signal) {
	const missed: [string, string][] = [];
	const within = timeBudget(ms, signal, (source, why) => {
		missed.push([source, why instanceof Error ? why.message : String(why)]);
	});
	return { within, missed };
}

describe('timeBudget', () => {
	it('hands on what comes in time', async () => {
		const { within, missed } = budget(day);
		assert.equal(await within('hover', () => Promise.resolve(7)), 7);
		assert.deepEqual(missed, []);
	});

	it('goes on without what is late', async () => {
		const { within, missed } = budget(1);
		assert.equal(await within<string>('hover', () => never), undefined);
		assert.deepEqual(missed, [['hover', 'no answer in 1 ms']]);
	});

	it('goes on without what fails', async () => {
		const { within, missed } = budget(day);
		assert.equal(await within<string>('hover', () => Promise.reject(new Error('gone'))), undefined);
		assert.deepEqual(missed, [['hover', 'gone']]);
	});

	it('goes on without what throws at once', async () => {
		const { within, missed } = budget(day);
		const thrower = () => {
			throw new Error('no provider');
		};
		assert.equal(await within('symbols', thrower), undefined);
		assert.deepEqual(missed, [['symbols', 'no provider']]);
	});

	it('is not disturbed by a failure after its time', async () => {
		const { within } = budget(1);
		let fail: (error: Error) => void = () => undefined;
		const late = new Promise<number>((_resolve, reject) => {
			fail = reject;
		});
		assert.equal(await within('hover', () => late), undefined);
		fail(new Error('late'));
		await new Promise(resolve => setImmediate(resolve));
	});

	it('ends at once when cancelled, and cancelling is not a miss', async () => {
		const controller = new AbortController();
		const { within, missed } = budget(day, controller.signal);
		const waiting = within('hover', () => never);
		controller.abort();
		await assert.rejects(waiting, { name: 'AbortError' });
		assert.deepEqual(missed, []);
	});

	it('starts nothing after it was cancelled', async () => {
		const { within } = budget(day, AbortSignal.abort());
		let isStarted = false;
		const work = () => {
			isStarted = true;
			return Promise.resolve(1);
		};
		await assert.rejects(within('hover', work), { name: 'AbortError' });
		assert.equal(isStarted, false);
	});
});
