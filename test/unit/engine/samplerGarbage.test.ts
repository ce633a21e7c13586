import assert from 'node:assert/strict';
import { constants, PerformanceObserver } from 'node:perf_hooks';
import { SamplerGarbage } from '../../../src/engine/samplerGarbage';

/** Collections of what is young that somebody asked for, while `work` runs. */
async function forcedCollections(work: () => Promise<void>): Promise<number> {
	let forced = 0;
	const observer = new PerformanceObserver(list => {
		for (const { detail } of list.getEntries() as { detail?: { kind: number; flags: number } }[]) {
			const isYoung = detail?.kind === constants.NODE_PERFORMANCE_GC_MINOR;
			forced += isYoung && (detail.flags & constants.NODE_PERFORMANCE_GC_FLAGS_FORCED) !== 0 ? 1 : 0;
		}
	});
	observer.observe({ entryTypes: ['gc'] });
	await work();
	await new Promise(resolve => setTimeout(resolve, 20)); // entries are told later
	observer.disconnect();
	return forced;
}

describe('SamplerGarbage', () => {
	it('collects after every eighth evaluation, and hands the results on', async () => {
		const garbage = new SamplerGarbage();
		const evaluate = async (times: number): Promise<void> => {
			for (let evaluation = 0; evaluation < times; evaluation++) {
				assert.equal(await garbage.after(Promise.resolve(evaluation)), evaluation);
			}
		};
		assert.equal(await forcedCollections(() => evaluate(7)), 0);
		assert.equal(await forcedCollections(() => evaluate(1)), 1);
		assert.equal(await forcedCollections(() => evaluate(16)), 2);
	});

	it('hands on the failure of an evaluation', async () => {
		await assert.rejects(new SamplerGarbage().after(Promise.reject(new Error('native'))), /native/);
	});
});
