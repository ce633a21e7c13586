import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageVsix } from '../scripts/package';
import { openBrowser, openPage } from '../scripts/workbench/browser';
import { EditorPage } from '../scripts/workbench/editorPage';
import { ensureWorkbench } from '../scripts/workbench/install';
import { installLatencyProbe, readLatencies, type KeyLatency } from '../scripts/workbench/pageScripts';
import { installExtension, startServer, type WorkbenchServer } from '../scripts/workbench/server';
import { shapedModel } from './shapes/modelFile';
import { quantile } from './statistics';

/**
 * Keystroke to ghost text as a person sees it: the installed VSIX, a real browser, keys at a person's pace, until 200 of
 * them were answered. `npx tsx bench/latencyInBrowser.ts` writes `bench/results/in-browser-sotto-nano.json`;
 * `-- --shape 0.5B --pause 3000` has a model with the shape of Qwen2.5-Coder-0.5B (Q4_0) and random weights, which writes
 * as many words as it may, so give it the time.
 */
const root = join(import.meta.dirname, '..');

const { values } = parseArgs({
	options: {
		shape: { type: 'string' },
		/** Time between two keys, milliseconds: 60 words a minute are 200 ms; 150 is a fast typist. */
		pause: { type: 'string', default: '150' },
		/** Answered keys. */
		samples: { type: 'string', default: '200' },
	},
});
const model = values.shape === '0.5B' ? 'shape-0.5B-Q4_0' : 'sotto-nano';
const pause = Number(values.pause);
const wanted = Number(values.samples);
/** An ordinary model answers most keys; one that answers hardly any is not to be typed at for ever. */
const mostKeys = 4 * wanted;

/** Half a billion parameters are read and repacked within it, on a busy machine too. Milliseconds. */
const loading = 180_000;

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
	const settings = {
		'editor.autoClosingBrackets': 'never',
		'editor.autoIndent': 'none',
		'editor.formatOnType': false,
		...(values.shape === '0.5B' && { 'sotto.model.path': shapedModel('0.5B', 'Q4_0'), 'sotto.engine.threads': 1 }),
	};
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
		await editor.waitForStatus(/runs on this machine/, loading);
		for (let count = 'export '.length; count > 0; count--) {
			await editor.press('Backspace');
		}
		await editor.page.evaluate(installLatencyProbe);
		return await typeOn(editor);
	} finally {
		await browser.close();
	}
}

async function typeOn(editor: EditorPage): Promise<{ samples: readonly KeyLatency[]; keys: number }> {
	let keys = 0;
	let samples: readonly KeyLatency[] = [];
	while (samples.length < wanted && keys < mostKeys) {
		await editor.type(snippet.charAt(keys % snippet.length), 0);
		await editor.page.waitForTimeout(pause);
		keys++;
		if (keys % 10 === 0) {
			samples = await editor.page.evaluate<KeyLatency[]>(readLatencies);
		}
	}
	return { samples, keys };
}

async function report(samples: readonly KeyLatency[], keysTyped: number): Promise<void> {
	const result = {
		command: `npx tsx bench/latencyInBrowser.ts ${process.argv.slice(2).join(' ')}`.trim(),
		commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim(),
		machine: `${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}`,
		/** More than the number of cores: something else was running, and the figures are too high. */
		loadAverage: loadavg()[0],
		model,
		unit: 'milliseconds from the key going down to the first frame with other ghost text',
		pause,
		keysTyped,
		all: figures(samples),
		new: figures(samples.filter(({ kind }) => kind === 'new')),
		continued: figures(samples.filter(({ kind }) => kind === 'continued')),
	};
	const folder = join(root, 'bench/results');
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, `in-browser-${model}.json`), `${JSON.stringify(result, undefined, '\t')}\n`);
	console.log(result);
}

function figures(samples: readonly KeyLatency[]): { count: number; median: number; p95: number } {
	const times = samples.map(({ ms }) => ms);
	return { count: times.length, median: Math.round(quantile(times, 0.5)), p95: Math.round(quantile(times, 0.95)) };
}

await main();
