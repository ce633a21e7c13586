import assert from 'node:assert/strict';
import { type FrameLocator, type Locator } from 'playwright-core';
import { isAlive } from '../../scripts/workbench/processes';
import { type EditorPage } from '../../scripts/workbench/editorPage';
import { findEngines } from './support/engineProcess';
import { describeInVscode, type Session } from './support/session';

/** The page that an evaluation opens: VS Code puts two frames around it. */
function page(editor: EditorPage): FrameLocator {
	return editor.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}

/** Starts an evaluation of the bundled model, which is picked already, and waits until some places are done. */
async function startEvaluating({ editor, server }: Session): Promise<{ readonly engine: number }> {
	const before = findEngines(server).map(({ pid }) => pid);
	await editor.runCommand('Sotto: Evaluate Models on My Code');
	await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: 'The bundled model' }).waitFor();
	await editor.press('Enter');
	await progress(editor)
		.getByText(/[1-9] of \d+ places/)
		.waitFor({ timeout: 60_000 });
	const [engine, ...more] = findEngines(server).filter(({ pid }) => !before.includes(pid));
	assert.ok(engine !== undefined && more.length === 0, 'the evaluation has no engine of its own');
	return { engine: engine.pid };
}

function progress(editor: EditorPage): Locator {
	return editor.page.locator('.notification-toast', { hasText: 'evaluating models on your code' });
}

describeInVscode('evaluating models', { open: 'box.ts', bundledModel: true }, session => {
	it('keeps what is done when it is cancelled, says so, and leaves no engine behind', async () => {
		const { editor } = session();
		const { engine } = await startEvaluating(session());
		await progress(editor).getByRole('button', { name: 'Cancel' }).click();
		await page(editor).getByRole('status').getByText('Cut off before the end').waitFor();
		await page(editor)
			.getByRole('cell', { name: /\(cut off\)/ })
			.waitFor();
		await page(editor).locator('svg polyline').first().waitFor({ state: 'attached' });
		assert.equal(isAlive(engine), false, 'the engine of the evaluation still runs');
		await progress(editor).waitFor({ state: 'detached' });
	});

	it('can be started again after that, and shows the whole', async function () {
		this.timeout(320_000);
		const { editor } = session();
		await editor.focusEditor();
		await startEvaluating(session());
		await progress(editor).waitFor({ state: 'detached', timeout: 280_000 });
		const shown = page(editor);
		// The page before this one says that it was cut off.
		await shown.getByRole('status').waitFor({ state: 'detached' });
		await shown.getByRole('heading', { name: 'Models on your code, best first' }).waitFor();
		assert.match(await shown.locator('table').first().innerText(), /SmolLM2/);
	});
});
