import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageVsix } from '../scripts/package';
import { openBrowser, openPage } from '../scripts/workbench/browser';
import { EditorPage } from '../scripts/workbench/editorPage';
import { ensureWorkbench } from '../scripts/workbench/install';
import { installExtension, startServer } from '../scripts/workbench/server';

/**
 * How long VS Code says that it took to activate the installed extension ("Developer: Show Running Extensions"), a few
 * fresh windows in a row: `npx tsx bench/activationInHost.ts` writes `bench/results/activation.json`.
 */
const root = join(import.meta.dirname, '..');
const windows = 5;

const temporary = await mkdtemp(join(tmpdir(), 'sotto-bench-'));
const workbench = await ensureWorkbench();
const extensionsFolder = join(temporary, 'extensions');
const workspace = join(root, 'test/fixtures/workspace');
try {
	await installExtension(workbench, (await packageVsix()).file, extensionsFolder);
	const activationMs: number[] = [];
	for (let count = 0; count < windows; count++) {
		activationMs.push(await activation());
	}
	const result = { command: 'npx tsx bench/activationInHost.ts', loadAverage: loadavg()[0], activationMs };
	await mkdir(join(root, 'bench/results'), { recursive: true });
	await writeFile(join(root, 'bench/results/activation.json'), `${JSON.stringify(result, undefined, '\t')}\n`);
	console.log(result);
} finally {
	await rm(temporary, { recursive: true, force: true });
}

async function activation(): Promise<number> {
	const server = await startServer({ workbench, extensionsFolder });
	const browser = await openBrowser();
	try {
		const editor = new EditorPage(await openPage(browser), server);
		await editor.open(workspace, 'cart.ts');
		await editor.waitForStatus(/Sotto/);
		await editor.runCommand('Developer: Show Running Extensions');
		const row = editor.page.locator('.runtime-extensions-editor .extension', { hasText: 'Sotto' });
		const text = (await row.first().textContent({ timeout: 20_000 })) ?? '';
		return Number(/Activation:?\s*(\d+)\s*ms/i.exec(text)?.[1] ?? Number.NaN);
	} finally {
		await browser.close();
		await server.stop();
	}
}
