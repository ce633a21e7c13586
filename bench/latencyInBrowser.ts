import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageVsix } from '../scripts/package';
import { openBrowser, openPage } from '../scripts/workbench/browser';
import { EditorPage } from '../scripts/workbench/editorPage';
import { ensureWorkbench } from '../scripts/workbench/install';
import { installLatencyProbe, readKeys, type KeyLatency, type PressedKey } from '../scripts/workbench/pageScripts';
import { installExtension, startServer, type WorkbenchServer } from '../scripts/workbench/server';
import { nanoModel } from '../test/support/gguf';
import { shapedModel } from './shapes/modelFile';
import { quantile } from './statistics';
import { cartSnippet } from './traces/cartSnippet';
import { typeWithoutEditor, type KeyOutcome } from './typedKeys';

/**
 * Keystroke to ghost text as a person sees it: the installed VSIX, a real browser, keys at a person's pace, until 200 of
 * them were answered. `npx tsx bench/latencyInBrowser.ts` writes `bench/results/in-browser-sotto-nano.json`;
 * `-- --shape 0.5B --pause 1500` has a model with the shape of Qwen2.5-Coder-0.5B (Q4_0) and random weights that are sure of
 * what they say (`shapes/voice.ts`); an answer takes it up to a second, so give it the time.
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
const isShape = values.shape === '0.5B';
const model = isShape ? 'shape-0.5B-Q4_0' : 'sotto-nano';
const path = isShape ? shapedModel('0.5B', 'Q4_0', 'sure') : nanoModel;
const weights = isShape
	? 'random; the rows of the output matrix that spell words of what is typed, and line ends, are louder than the others (bench/shapes/voice.ts, sure)'
	: 'of the model in the box';
const pause = Number(values.pause);
const wanted = Number(values.samples);
/** An ordinary model answers most keys; one that answers hardly any is not to be typed at for ever. */
const mostKeys = 4 * wanted;

/** The reason why the suggestion for a key was not seen. */
const unseen = 'too late for the next key, or what was on screen already';

/** Half a billion parameters are read and repacked within it, on a busy machine too. Milliseconds. */
const loading = 180_000;

async function main(): Promise<void> {
	const temporary = await mkdtemp(join(tmpdir(), 'sotto-bench-'));
	const workspace = join(temporary, 'sample');
	await cp(join(root, 'test/fixtures/workspace'), workspace, { recursive: true });
	const workbench = await ensureWorkbench();
	const extensionsFolder = join(temporary, 'extensions');
	await installExtension(workbench, (await packageVsix()).file, extensionsFolder);
	// The document holds only the typed text: no bracket or indentation of the editor's own.
	const settings = {
		'editor.autoClosingBrackets': 'never',
		'editor.autoIndent': 'none',
		'editor.formatOnType': false,
		...(isShape && { 'sotto.model.path': path, 'sotto.engine.threads': 1 }),
	};
	const server = await startServer({ workbench, extensionsFolder, settings });
	const keys = await typeAndMeasure(server, workspace).finally(async () => {
		await server.stop();
		await rm(temporary, { recursive: true, force: true });
	});
	const [loadAverage] = loadavg();
	const file = join(root, 'test/fixtures/workspace/src/cart.ts');
	const patient = await typeWithoutEditor({ model: path, name: model }, file, strokesOf(keys.length));
	await report({ keys, patient, loadAverage });
}

async function typeAndMeasure(server: WorkbenchServer, workspace: string): Promise<readonly PressedKey[]> {
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

/** A key is a character, or Enter with the indentation of the next line, which the editor would bring. */
const strokes = cartSnippet.match(/\n\t*|./g) ?? [];

function strokesOf(count: number): readonly string[] {
	return Array.from({ length: count }, (_, index) => strokes[index % strokes.length] ?? '');
}

async function typeOn(editor: EditorPage): Promise<readonly PressedKey[]> {
	let keys: readonly PressedKey[] = [];
	while (keys.filter(isAnswered).length < wanted && keys.length < mostKeys) {
		for (const stroke of strokesOf(keys.length + 10).slice(keys.length)) {
			await editor.type(stroke, 0);
			await editor.page.waitForTimeout(pause);
		}
		keys = await editor.page.evaluate<PressedKey[]>(readKeys);
	}
	return keys;
}

interface Typed {
	readonly keys: readonly PressedKey[];
	/** The same keys, each given the time it takes. */
	readonly patient: readonly KeyOutcome[];
	readonly loadAverage: number | undefined;
}

async function report({ keys, patient, loadAverage }: Typed): Promise<void> {
	const onScreen = (kind?: KeyLatency['kind']): readonly number[] =>
		keys.flatMap(({ answer }) => (kind === undefined || answer?.kind === kind ? (answer?.ms ?? []) : []));
	const result = {
		command: `npx tsx bench/latencyInBrowser.ts ${process.argv.slice(2).join(' ')}`.trim(),
		commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim(),
		machine: `${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}`,
		/** More than the number of cores: something else was running, and the figures are too high. */
		loadAverage,
		model,
		weights,
		unit: 'milliseconds from the key going down to the first frame with other ghost text',
		pause,
		keysTyped: keys.length,
		all: figures(onScreen()),
		new: figures(onScreen('new')),
		continued: figures(onScreen('continued')),
		notAnswered: countBy(
			patient.filter((_, index) => !isAnswered(keys[index])).map(({ because }) => because ?? unseen),
		),
		withoutEditor: {
			unit: 'milliseconds from the request to the answer of the model, the same keys typed without an editor',
			...figures(patient.flatMap(({ because, modelMs }) => (because === undefined ? (modelMs ?? []) : []))),
		},
	};
	const folder = join(root, 'bench/results');
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, `in-browser-${model}.json`), `${JSON.stringify(result, undefined, '\t')}\n`);
	console.log(result);
}

function isAnswered(key: PressedKey | undefined): boolean {
	return key?.answer !== undefined;
}

function countBy(texts: readonly string[]): Readonly<Record<string, number>> {
	return Object.fromEntries([...new Set(texts)].map(text => [text, texts.filter(other => other === text).length]));
}

function figures(times: readonly number[]): { count: number; median: number; p95: number } {
	return { count: times.length, median: Math.round(quantile(times, 0.5)), p95: Math.round(quantile(times, 0.95)) };
}

await main();
