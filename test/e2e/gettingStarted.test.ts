import assert from 'node:assert/strict';
import { describeInVscode } from './support/session';

describeInVscode('getting started', { open: 'box.ts', bundledModel: true }, session => {
	it('suggests something in the sample of the walkthrough, with no other editor open', async () => {
		const { editor } = session();
		await editor.runCommand('View: Close All Editors');
		await editor.page.locator('.tab').first().waitFor({ state: 'detached' });
		await editor.runCommand('Sotto: Open Walkthrough');
		await editor.page.getByRole('button', { name: 'Open the sample' }).click();
		const ghost = await editor.waitForGhostText(60_000);
		assert.match(ghost, /\w/);
		await editor.press('Tab');
		await editor.waitForText(`return${ghost.split('\n', 1)[0] ?? ''}`);
		assert.deepEqual(await editor.notifications(), []);
	});

	it('shows why as a rendered page, with the reason first', async () => {
		const { editor } = session();
		await editor.runCommand('Sotto: Why This Suggestion, or Why None');
		const page = editor.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
		await page.locator('h1', { hasText: /^Why (?:this|no) suggestion$/ }).waitFor();
		assert.match(await page.locator('h1 + p').innerText(), /^(?:This|Nothing) was shown because .*\.$/s);
		await page.locator('table').first().waitFor();
		assert.match(await page.locator('h2').last().innerText(), /^The prompt$/);
	});

	it('says in the status bar which model is running, and names the language in the menu', async () => {
		const { editor } = session();
		await editor.waitForStatus(/Model: \S+ \(bundled\)\. It runs on this machine\./);
		await editor.focusEditor();
		await editor.status().click();
		assert.ok((await editor.quickInputEntries()).some(entry => entry.includes('Turn off for TypeScript')));
		await editor.press('Escape');
	});
});
