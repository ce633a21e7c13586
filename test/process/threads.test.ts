import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { EngineModel, TokenSequence } from '../../src/engine/engineModel';
import { loadLlamaModel } from '../../src/engine/llamaModel';
import { nanoModel } from '../support/gguf';
import { EngineRig, never } from './engineRig';

/** How many threads this process has at most while the model reads; they are made for each native call. */
async function mostThreads(sequence: TokenSequence): Promise<number> {
	const count = (): number => readdirSync('/proc/self/task').length;
	const slice = Array.from({ length: 64 }, (_, index) => 300 + index);
	let most = count();
	for (let call = 0; call < 3; call++) {
		let working = true;
		const work = sequence.evaluate(slice).finally(() => {
			working = false;
		});
		const watch = async (): Promise<void> => {
			while (working) {
				most = Math.max(most, count());
				await new Promise(setImmediate);
			}
		};
		await Promise.all([work, watch()]);
	}
	await sequence.keepCommonPrefix([]);
	return most;
}

describe('the threads of the native part', () => {
	let model: EngineModel;
	before(async function () {
		if (process.platform !== 'linux') {
			this.skip(); // Only Linux lets a process count its threads.
		}
		const options = { addsLeadingSpace: false, isEnd: () => false, log: () => undefined };
		model = await loadLlamaModel({ path: nanoModel, threads: 2, ...options });
	});
	after(() => model.dispose());

	it('become fewer and more while a model is loaded, whatever there were when a context was opened', async () => {
		const first = await model.openSequence(1024);
		model.limitThreads(1);
		await mostThreads(first); // Node makes its own workers when they are first needed.
		const alone = await mostThreads(first);
		model.limitThreads(2);
		assert.equal(await mostThreads(first), alone + 1);
		model.limitThreads(1);
		assert.equal(await mostThreads(first), alone);
		const second = await model.openSequence(1024);
		assert.equal(await mostThreads(second), alone + 1);
	});
});

describe('the engine with as many threads as this machine may have cores', () => {
	it('says with how many it works, and writes the same as with one', async () => {
		const [one, two] = [new EngineRig(), new EngineRig()];
		try {
			const load = { role: 'complete', path: nanoModel } as const;
			assert.equal((await one.client.call('model/load', { ...load, threads: 1 }, never)).threads, 1);
			assert.equal((await two.client.call('model/load', { ...load, threads: 2 }, never)).threads, 2);
			const said = (rig: EngineRig): string[] => rig.log.filter(line => /working with [12] of 2 threads/.test(line));
			assert.deepEqual([said(one).length, said(two).length >= 1], [0, true]);
			const ask = { prefix: 'export function sum(list: number[]): number {\n', extent: 'block' } as const;
			assert.equal((await two.complete(ask)).text, (await one.complete(ask)).text);
		} finally {
			await Promise.all([one.stop(), two.stop()]);
		}
	});
});
