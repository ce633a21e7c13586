import assert from 'node:assert/strict';
import { LatestOnly } from '../../../src/engine/latestOnly';
import { Turns } from '../../../src/engine/turns';

const never = new AbortController().signal;

/** Ends when told to, or with an AbortError when its signal says so. */
function task(log: string[], name: string) {
	let finish: () => void = () => undefined;
	const run = (signal: AbortSignal): Promise<string> =>
		new Promise((resolve, reject) => {
			log.push(`${name} starts`);
			finish = () => {
				resolve(name);
			};
			signal.addEventListener('abort', () => {
				log.push(`${name} lets go`);
				reject(signal.reason as Error);
			});
		});
	return {
		run,
		finish: () => {
			finish();
		},
	};
}

describe('LatestOnly', () => {
	it('starts a newer task when the older one has let go', async () => {
		const log: string[] = [];
		const latest = new LatestOnly();
		const [first, second] = [task(log, 'first'), task(log, 'second')];
		const older = latest.run(first.run, never);
		await Promise.resolve();
		const newer = latest.run(second.run, never);
		await assert.rejects(older, { name: 'AbortError' });
		await new Promise(setImmediate);
		second.finish();
		assert.equal(await newer, 'second');
		assert.deepEqual(log, ['first starts', 'first lets go', 'second starts']);
	});

	it('does not start a task that was overtaken while it waited', async () => {
		const log: string[] = [];
		const latest = new LatestOnly();
		const tasks = ['a', 'b', 'c'].map(name => task(log, name));
		const runs = tasks.map(({ run }) => latest.run(run, never));
		const ends = Promise.allSettled(runs);
		await new Promise(setImmediate);
		tasks[2]?.finish();
		assert.deepEqual(
			(await ends).map(({ status }) => status),
			['rejected', 'rejected', 'fulfilled'],
		);
		assert.deepEqual(log, ['c starts']);
	});

	it('goes on after a task that failed', async () => {
		const latest = new LatestOnly();
		await assert.rejects(
			latest.run(() => Promise.reject(new Error('broken')), never),
			/broken/,
		);
		assert.equal(await latest.run(() => Promise.resolve(1), never), 1);
	});

	it('waits for the running task to let go when it closes', async () => {
		const log: string[] = [];
		const latest = new LatestOnly();
		const running = latest.run(task(log, 'a').run, never);
		await Promise.resolve();
		const failed = assert.rejects(running, { name: 'AbortError' });
		await latest.close();
		await failed;
		assert.deepEqual(log, ['a starts', 'a lets go']);
	});
});

describe('Turns', () => {
	it('lets an explanation go on when no completion is wanted', async () => {
		await new Turns().free(never);
	});

	it('makes an explanation wait until all completions are done', async () => {
		const turns = new Turns();
		const log: string[] = [];
		const [first, second] = [task(log, 'first'), task(log, 'second')];
		const completions = [turns.completion(() => first.run(never)), turns.completion(() => second.run(never))];
		const explanation = turns.free(never).then(() => log.push('explanation'));
		first.finish();
		await completions[0];
		await new Promise(setImmediate);
		assert.ok(!log.includes('explanation'));
		second.finish();
		await explanation;
		assert.equal(log.at(-1), 'explanation');
	});

	it('lets an explanation go on after a completion that failed', async () => {
		const turns = new Turns();
		await assert.rejects(turns.completion(() => Promise.reject(new Error('broken'))));
		await turns.free(never);
	});

	it('does not keep a cancelled explanation waiting', async () => {
		const turns = new Turns();
		const cancel = new AbortController();
		void turns.completion(() => new Promise(() => undefined));
		const explanation = turns.free(cancel.signal);
		cancel.abort();
		await assert.rejects(explanation, { name: 'AbortError' });
	});

	it('refuses an explanation that is cancelled already', async () => {
		await assert.rejects(new Turns().free(AbortSignal.abort()), { name: 'AbortError' });
	});
});
