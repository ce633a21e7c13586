import assert from 'node:assert/strict';
import { type FrameLocator } from 'playwright-core';
import { type EditorPage } from '../../scripts/workbench/editorPage';
import { describeInVscode } from './support/session';

/** The page inside the panel: VS Code puts two frames around it. */
function panel(editor: EditorPage): FrameLocator {
	return editor.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}

describeInVscode('explaining', { open: 'cart.ts', bundledModel: true }, session => {
	it('fills the panel with what is known of the selection', async () => {
		const { editor } = session();
		const requests: string[] = [];
		editor.page.on('request', request => requests.push(request.url()));
		await editor.goToEndOf(8);
		for (let line = 0; line < 6; line++) {
			await editor.press('Shift+ArrowDown');
		}
		await editor.runCommand('Sotto: Explain Selection');
		const main = panel(editor).locator('main#explanation');
		await main.getByText('total').first().waitFor();
		// The model in the box writes a sentence, or says that none of its sentences fits.
		await main.getByText(/One sentence by a small model|No sentence of the small model/).waitFor({ timeout: 90_000 });
		await main.getByText('number').first().waitFor();
		await panel(editor).getByRole('button', { name: /again/i }).waitFor();
		// VS Code names the files of an extension's panel like this and answers for them itself.
		const ownHosts = /^(data:|blob:|https?:\/\/127\.0\.0\.1:|https:\/\/[^/]+\.vscode-resource\.vscode-cdn\.net\/)/;
		const extensionGallery = 'https://open-vsx.org/';
		const foreign = requests.filter(url => !ownHosts.test(url) && !url.startsWith(extensionGallery));
		assert.deepEqual(foreign, []);
		assert.deepEqual(await editor.notifications(), []);
	});

	it('opens the same as a document', async () => {
		const { editor } = session();
		await panel(editor)
			.getByRole('button', { name: /document/i })
			.click();
		await editor.waitForText('total');
	});
});
