import assert from 'node:assert/strict';
import { Heartbeat } from '../../../src/node/engine/heartbeat';

const options = { intervalMs: 10, startMs: 400, timeoutMs: 400 };

function wait(milliseconds: number): Promise<void> {
	return new Promise(resolve => setTimeout(resolve, milliseconds));
}

/** Nothing else runs in this process meanwhile: no timer, and no answer is read. */
function standStill(milliseconds: number): void {
	const end = performance.now() + milliseconds;
	while (performance.now() < end);
}

describe('Heartbeat', () => {
	it('gives up an engine that does not answer', async () => {
		let hung = 0;
		const heartbeat = new Heartbeat(
			() => new Promise(() => undefined),
			() => hung++,
			options,
		);
		void heartbeat.during(new Promise(() => undefined));
		for (let tries = 0; hung === 0 && tries < 300; tries++) {
			await wait(10);
		}
		assert.equal(hung, 1);
	}).timeout(10_000);

	it('is more patient with an engine that has not given its first sign yet', async () => {
		const signs = [wait(150)];
		const events: string[] = [];
		const ping = (): Promise<void> => {
			const sign = signs.shift()?.then(() => void events.push('sign'));
			return sign ?? new Promise(() => undefined);
		};
		const options = { intervalMs: 10, startMs: 60_000, timeoutMs: 50 };
		const heartbeat = new Heartbeat(ping, () => events.push('hung'), options);
		void heartbeat.during(new Promise(() => undefined));
		for (let tries = 0; events.length < 2 && tries < 300; tries++) {
			await wait(10);
		}
		assert.deepEqual(events, ['sign', 'hung']);
	}).timeout(10_000);

	it('takes work that was done for a sign', async () => {
		let hung = 0;
		const ping = (): Promise<never> => new Promise(() => undefined);
		const heartbeat = new Heartbeat(ping, () => hung++, { intervalMs: 10, startMs: 60_000, timeoutMs: 50 });
		await heartbeat.during(Promise.resolve());
		void heartbeat.during(new Promise(() => undefined));
		for (let tries = 0; hung === 0 && tries < 300; tries++) {
			await wait(10);
		}
		assert.equal(hung, 1);
	}).timeout(10_000);

	it('does not take its own standing still for the engine’s', async () => {
		let hung = 0;
		const heartbeat = new Heartbeat(
			() => wait(1),
			() => hung++,
			options,
		);
		const work = heartbeat.during(wait(700));
		await wait(30);
		standStill(options.timeoutMs * 1.5);
		await work;
		assert.equal(hung, 0);
	});

	it('pings nobody when nobody waits', async () => {
		let pings = 0;
		const ping = (): Promise<void> => {
			pings++;
			return Promise.resolve();
		};
		const heartbeat = new Heartbeat(ping, () => assert.fail('hung'), options);
		await heartbeat.during(wait(60));
		const before = pings;
		await wait(60);
		assert.ok(before > 0);
		assert.equal(pings, before);
	});
});
