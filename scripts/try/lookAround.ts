import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openBrowser, openPage } from '../workbench/browser';
import { EditorPage } from '../workbench/editorPage';
import { installLatencyProbe, type KeyLatency, readLatencies } from '../workbench/pageScripts';
import { type WorkbenchServer } from '../workbench/server';

/** An empty line of `cart.ts`, from 1, and what is typed there. */
const gap = { line: 19, typed: 'for' };

/**
 * Uses the installed extension in a real browser as a person would, says what it saw, and keeps pictures of it:
 * ghost text, the accepted line, the explain panel and the menu. Throws when something does not appear.
 */
export async function lookAround(server: WorkbenchServer, workspace: string, imagesFolder: string): Promise<void> {
	await mkdir(imagesFolder, { recursive: true });
	const browser = await openBrowser();
	try {
		const editor = new EditorPage(await openPage(browser), server);
		const picture = async (name: string): Promise<void> => {
			const path = join(imagesFolder, `${name}.png`);
			await editor.page.screenshot({ path });
			console.log(`  ${path}`);
		};
		await editor.open(workspace, 'cart.ts');
		await editor.waitForStatus(/Sotto/);
		await warmUp(editor);
		await complete(editor, picture);
		await explain(editor, picture);
		await editor.status().click();
		await editor.quickInputEntries();
		await picture('menu');
	} finally {
		await browser.close();
	}
}

/** The first key starts the engine, which is not what the latency is about. */
async function warmUp(editor: EditorPage): Promise<void> {
	await editor.goToEndOf(gap.line);
	await editor.type('let');
	await editor.waitForStatus(/ready|ms|sotto-mini/i);
	for (let count = 0; count < 3; count++) {
		await editor.press('Backspace');
	}
	await editor.press('Escape');
	await editor.waitForNoGhostText();
}

async function complete(editor: EditorPage, picture: (name: string) => Promise<void>): Promise<void> {
	await editor.page.evaluate(installLatencyProbe);
	await editor.type(gap.typed, 150);
	const ghost = await editor.waitForGhostText();
	const latencies = await editor.page.evaluate<KeyLatency[]>(readLatencies);
	console.log(`typed "${gap.typed}", saw "${ghost}" in grey, ${describe(latencies)} after the key went down`);
	await picture('ghost-text');
	await editor.press('Tab');
	await editor.waitForNoGhostText();
	await editor.waitForText(`${gap.typed}${ghost.split('\n', 1)[0] ?? ''}`);
	console.log('Tab put it into the file');
	await picture('accepted');
}

async function explain(editor: EditorPage, picture: (name: string) => Promise<void>): Promise<void> {
	await editor.goToEndOf(7);
	for (let line = 0; line < 7; line++) {
		await editor.press('Shift+ArrowDown');
	}
	await editor.runCommand('Sotto: Explain Selection');
	const panel = editor.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
	await panel.locator('main#explanation [aria-busy="false"], main#explanation button').first().waitFor();
	await panel.locator('main#explanation').getByText('total').first().waitFor();
	console.log('Explain Selection filled the panel');
	await picture('explain');
}

function describe(latencies: readonly KeyLatency[]): string {
	const fresh = latencies.filter(({ kind }) => kind === 'new').map(({ ms }) => Math.round(ms));
	return fresh.length === 0 ? 'too fast to measure' : `${fresh.join(', ')} ms`;
}
