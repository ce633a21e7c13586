import assert from 'node:assert/strict';
import { VirtualClock } from '../../../bench/clock/virtualClock';
import { ClockedSequence } from '../../../bench/drafts/clockedSequence';
import { FakeSequence } from '../engine/fakeModel';

describe('ClockedSequence', () => {
	it('takes as long as the machine would, however long the work takes here', async () => {
		class Slow extends FakeSequence {
			override async evaluate(tokens: readonly number[]): Promise<void> {
				await new Promise(resolve => setTimeout(resolve, 5));
				await super.evaluate(tokens);
			}
		}
		const clock = new VirtualClock();
		const costs = { prefill: (tokens: number) => 2 * tokens, decode: 10, check: 3 };
		const sequence = new ClockedSequence(new Slow(), costs, clock);
		const said: string[] = [];
		const work = async (): Promise<void> => {
			await sequence.evaluate([1, 2, 3]);
			said.push(`read at ${clock.now()}`);
			const asked = [4, 5, 6].map(token => ({ token, others: [] }));
			await sequence.evaluateAmong(asked);
			said.push(`written at ${clock.now()}`);
		};
		clock.after(7, () => said.push('key at 7'));
		await Promise.all([work(), clock.run()]);
		assert.deepEqual(said, ['read at 6', 'key at 7', 'written at 22']);
		assert.deepEqual(sequence.counts, { calls: 1, checked: 2 });
	});
});
