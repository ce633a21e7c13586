import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageVsix } from '../scripts/package';
import { openBrowser, openPage } from '../scripts/workbench/browser';
import { EditorPage } from '../scripts/workbench/editorPage';
import { ensureWorkbench } from '../scripts/workbench/install';
import { installLatencyProbe, readLatencies, type KeyLatency } from '../scripts/workbench/pageScripts';
import { installExtension, startServer, type WorkbenchServer } from '../scripts/workbench/server';

/**
 * Keystroke to ghost text as a person sees it: the installed VSIX, a real browser, keys at a person's pace.
 * `npx tsx bench/latencyInBrowser.ts` writes `bench/results/latencyInBrowser.json`.
 */
const root = join(import.meta.dirname, '..');

/** Time between two keys, milliseconds: 60 words a minute are 200 ms; this is a fast typist. */
const keyDelay = 150;
const wanted = 50;

/** Typed at the end of `cart.ts`; ordinary code in the manner of the file. */
const snippet = `
/** The average price of all items. */
export function averagePrice(items: Item[]): number {
	let sum = 0;
	for (const item of items) {
		sum += item.price;
	}
	return sum / items.length;
}

export class Cart {
	private items: Item[] = [];

	add(item: Item): void {
		this.items.push(item);
	}

	remove(name: string): void {
		this.items = this.items.filter(item => item.name !== name);
	}

	get total(): number {
		return total(this.items);
	}
}
`;

async function main(): Promise<void> {
	const temporary = await mkdtemp(join(tmpdir(), 'sotto-bench-'));
	const workspace = join(temporary, 'sample');
	await cp(join(root, 'test/fixtures/workspace'), workspace, { recursive: true });
	const workbench = await ensureWorkbench();
	const extensionsFolder = join(temporary, 'extensions');
	await installExtension(workbench, (await packageVsix()).file, extensionsFolder);
	// What is typed is all there is: no bracket or indentation of the editor's own.
	const settings = { 'editor.autoClosingBrackets': 'never', 'editor.autoIndent': 'none', 'editor.formatOnType': false };
	const server = await startServer({ workbench, extensionsFolder, settings });
	try {
		const { samples, keys } = await typeAndMeasure(server, workspace);
		await report(samples, keys);
	} finally {
		await server.stop();
		await rm(temporary, { recursive: true, force: true });
	}
}

async function typeAndMeasure(
	server: WorkbenchServer,
	workspace: string,
): Promise<{ samples: readonly KeyLatency[]; keys: number }> {
	const browser = await openBrowser();
	try {
		const editor = new EditorPage(await openPage(browser), server);
		await editor.open(workspace, 'cart.ts');
		await editor.waitForStatus(/Sotto/);
		await editor.press('Control+End');
		await editor.type('export ');
		await editor.waitForStatus(/runs on this machine/);
		for (let count = 'export '.length; count > 0; count--) {
			await editor.press('Backspace');
		}
		await editor.page.evaluate(installLatencyProbe);
		let keys = 0;
		let samples: readonly KeyLatency[] = [];
		for (const character of snippet.repeat(4)) {
			await editor.type(character, 0);
			await editor.page.waitForTimeout(keyDelay);
			keys++;
			if (keys % 20 === 0) {
				samples = await editor.page.evaluate<KeyLatency[]>(readLatencies);
				if (samples.filter(({ kind }) => kind === 'new').length >= wanted) {
					break;
				}
			}
		}
		return { samples, keys };
	} finally {
		await browser.close();
	}
}

async function report(samples: readonly KeyLatency[], keysTyped: number): Promise<void> {
	const result = {
		command: 'npx tsx bench/latencyInBrowser.ts',
		commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim(),
		machine: `${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}`,
		/** More than the number of cores: something else was running, and the figures are too high. */
		loadAverage: loadavg()[0],
		unit: 'milliseconds from the key going down to the first frame with other ghost text',
		keyDelay,
		keysTyped,
		new: figures(samples.filter(({ kind }) => kind === 'new')),
		continued: figures(samples.filter(({ kind }) => kind === 'continued')),
	};
	const folder = join(root, 'bench/results');
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'latencyInBrowser.json'), `${JSON.stringify(result, undefined, '\t')}\n`);
	console.log(result);
}

function figures(samples: readonly KeyLatency[]): { count: number; median: number; p95: number } {
	const sorted = samples.map(({ ms }) => ms).sort((a, b) => a - b);
	const at = (share: number): number => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN);
	return { count: sorted.length, median: at(0.5), p95: at(0.95) };
}

await main();
