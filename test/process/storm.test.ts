import assert from 'node:assert/strict';
import { RealStorm } from './storm/realStorm';

/** Allocators keep some of what was freed. Bytes. */
const mostGrowth = 48 * 2 ** 20;

describe('a storm at the real engine', () => {
	let storm: RealStorm;
	before(() => {
		storm = new RealStorm(3, 6);
	});
	after(() => {
		storm.world.dispose();
	});

	it('of all kinds of bad input, with the engine killed again and again, shows nothing wrong and leaves nothing behind', async () => {
		await storm.blow(500);
		const { editor, world } = storm;
		assert.ok(world.kills > 0 && editor.failures > 0, `${world.kills} killed, ${editor.failures} failed`);
		assert.ok(editor.shown > 5, `${editor.shown} shown`);
	}).timeout(180_000);

	it('leaves an engine that answers as one that has just been started', () => storm.compareWithFresh()).timeout(60_000);

	it('does not make the engine grow', async () => {
		storm.world.mayKill = false;
		await storm.blow(100);
		const before = await storm.residentBytes();
		await storm.blow(200);
		const growth = (await storm.residentBytes()) - before;
		assert.ok(growth < mostGrowth, `grown by ${growth} bytes`);
	}).timeout(180_000);
});
