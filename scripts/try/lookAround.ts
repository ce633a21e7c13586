import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openBrowser, openPage } from '../workbench/browser';
import { EditorPage } from '../workbench/editorPage';
import { installLatencyProbe, type KeyLatency, readLatencies } from '../workbench/pageScripts';
import { type WorkbenchServer } from '../workbench/server';

/** An empty line of `box.ts`, from 1, and what is typed there. */
const gap = { line: 16, typed: 'this.label' };

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
		await editor.open(workspace, 'box.ts');
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
	// Other text than below: what Sotto has answered once it answers from memory.
	const other = 'return';
	await editor.type(other);
	await editor.waitForStatus(/runs on this machine/);
	for (let length = other.length; length > 0; length--) {
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
	await editor.openFile('cart.ts');
	await editor.goToEndOf(8);
	await editor.press('Home');
	for (let line = 8; line < 14; line++) {
		await editor.press('Shift+ArrowDown');
	}
	await editor.press('Shift+End');
	await editor.runCommand('Sotto: Explain Selection');
	const panel = editor.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
	await panel.locator('main#explanation [aria-busy="false"], main#explanation button').first().waitFor();
	await panel.locator('main#explanation').getByText('total').first().waitFor();
	await panel.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached', timeout: 60_000 });
	console.log('Explain Selection filled the panel');
	await picture('explain');
}

/** How long the last new suggestion took; those that only shrink as one types through them are not news. */
function describe(latencies: readonly KeyLatency[]): string {
	const last = latencies.filter(({ kind }) => kind === 'new').at(-1);
	return last === undefined ? 'too late to tell' : `${Math.round(last.ms)} ms`;
}
