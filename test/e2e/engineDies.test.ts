import assert from 'node:assert/strict';
import { startInGap, savedGap } from './support/boxFile';
import { killEngine, waitForEngine } from './support/engineProcess';
import { describeInVscode } from './support/session';

describeInVscode('when the engine is killed', { open: 'box.ts' }, session => {
	it('loses no keystroke, says so, and completes again', async () => {
		const { editor, server } = session();
		await startInGap(session());
		await editor.type('this.label');
		await editor.waitForGhostText();
		const engine = await waitForEngine(server);

		const restarting = editor.waitForStatus(/restarting|starting/);
		const typing = editor.type(' = options.label; // typed while the engine died', 50);
		await killEngine(engine);
		await restarting;
		await typing;
		await editor.waitForStatus(/sotto-nano/i);
		assert.notEqual(await waitForEngine(server, engine), engine);
		await editor.press('Escape');
		assert.equal(await savedGap(session()), 'this.label = options.label; // typed while the engine died');

		await startInGap(session());
		await editor.type('this.label');
		assert.match(await editor.waitForGhostText(), /\S/);
		assert.deepEqual(await editor.notifications(), []);
	});

	it('gives up after a few crashes, tells once, and starts again when asked to', async () => {
		const { editor, server } = session();
		let engine: number | undefined;
		// One crash is on the account already; the budget is four.
		for (let crash = 2; crash <= 4; crash++) {
			engine = await waitForEngine(server, engine);
			await editor.waitForStatus(/sotto-nano/i);
			await killEngine(engine);
			await startInGap(session());
			await editor.type('this.');
		}
		await editor.waitForStatus(/failed/);
		await editor.page.locator('.notification-toast').waitFor();
		assert.equal((await editor.notifications()).length, 1);
		assert.match((await editor.notifications())[0] ?? '', /^Sotto: .*ended 4 times/);

		await editor.runCommand('Sotto: Restart Engine');
		await startInGap(session());
		await editor.type('this.label');
		assert.match(await editor.waitForGhostText(), /\S/);
		assert.equal((await editor.notifications()).length, 1);
	});
});
