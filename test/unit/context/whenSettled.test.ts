import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { WhenSettled } from '../../../src/extension/context/whenSettled';

describe('what is done when the cursor rests', () => {
	it('is done once for many movements', async () => {
		const signals: AbortSignal[] = [];
		const act = (signal: AbortSignal): Promise<void> => Promise.resolve(void signals.push(signal));
		const settled = new WhenSettled(1, act, assert.ifError);
		for (let index = 0; index < 5; index++) {
			settled.poke();
		}
		await delay(20);
		assert.equal(signals.length, 1);
		assert.equal(signals[0]?.aborted, false);
	});

	it('is ended by the next movement, and by the end of all', async () => {
		const signals: AbortSignal[] = [];
		const act = (signal: AbortSignal): Promise<void> => {
			signals.push(signal);
			return new Promise((_, reject) => {
				signal.addEventListener('abort', () => {
					reject(new Error('aborted'));
				});
			});
		};
		const settled = new WhenSettled(1, act, assert.ifError);
		settled.poke();
		await delay(20);
		settled.poke();
		assert.equal(signals[0]?.aborted, true);
		await delay(20);
		settled.dispose();
		assert.deepEqual(
			signals.map(({ aborted }) => aborted),
			[true, true],
		);
	});

	it('may fail, which is told', async () => {
		const errors: unknown[] = [];
		const settled = new WhenSettled(
			1,
			() => Promise.reject(new Error('no')),
			error => errors.push(error),
		);
		settled.poke();
		await delay(20);
		assert.equal(errors.length, 1);
	});

	it('does not happen when nothing moves', async () => {
		const settled = new WhenSettled(1, () => assert.fail('nobody moved'), assert.ifError);
		await delay(5);
		settled.dispose();
	});
});
