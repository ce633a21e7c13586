import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { startEngineProcess } from '../src/node/engine/engineProcess';
import { ensureBundledModel } from '../scripts/models/shippedModel';

/**
 * Figures of the built engine with the bundled model: `npm run build && npx tsx bench/engineFigures.ts` writes
 * `bench/results/engine-figures.json`. Times are wall clock, so the machine should be idle.
 */
const root = join(import.meta.dirname, '..');
const path = await ensureBundledModel(root);
const never = new AbortController().signal;
const starts = 5;
const firstKey = 2000;
const keys = 300;

const readyMs: number[] = [];
for (let start = 0; start < starts; start++) {
	const started = performance.now();
	const engine = await ready();
	readyMs.push(performance.now() - started);
	await engine.stop();
}

const engine = await ready();
const idleAnonymous = anonymousMiB(engine.pid);
const idle = (await engine.client.call('engine/ping', {}, never)).residentBytes;
const text = readFileSync(join(root, 'src/engine/loadedModel.ts'), 'utf8');
let [evaluated, generated, decodeMs] = [0, 0, 0];
const keyMs: number[] = [];
for (let key = 0; key <= keys; key++) {
	const started = performance.now();
	const result = await complete(text.slice(0, firstKey + key), text.slice(firstKey + keys));
	// The first one fills the cache.
	if (key > 0) {
		keyMs.push(performance.now() - started);
		evaluated += result.evaluatedTokens;
		generated += result.generatedTokens;
		decodeMs += result.decodeMs;
	}
}
const busy = (await engine.client.call('engine/ping', {}, never)).residentBytes;
const busyAnonymous = anonymousMiB(engine.pid);
await engine.stop();

const figures = {
	command: 'npm run build && npx tsx bench/engineFigures.ts',
	loadAverage: loadavg()[0],
	startToReadyMs: Math.round(median(readyMs)),
	residentMiBReady: Math.round(idle / 2 ** 20),
	residentMiBAfterTyping: Math.round(busy / 2 ** 20),
	// Without the pages of files: the weights that are mapped as they are.
	anonymousMiBReady: idleAnonymous,
	anonymousMiBAfterTyping: busyAnonymous,
	evaluatedTokensPerKey: Number((evaluated / keys).toFixed(2)),
	decodedTokensPerSecond: Math.round((generated / decodeMs) * 1000),
	answerMsPerKeyMedian: Math.round(median(keyMs)),
};
writeFileSync(join(root, 'bench/results/engine-figures.json'), `${JSON.stringify(figures, null, '\t')}\n`);
console.log(figures);

async function ready() {
	const started = startEngineProcess(join(root, 'dist/engine.mjs'), output => {
		console.error(output);
	});
	await started.client.call('model/load', { role: 'complete', path, threads: 0 }, never);
	return started;
}

function complete(prefix: string, suffix: string) {
	const place = { requestId: 1, path: 'src/engine/loadedModel.ts', languageId: 'typescript', prefix, suffix };
	const limits = { pieces: [], extent: 'line' as const, maxTokens: 24, probabilityFloor: 0 };
	return engine.client.call('completion/run', { ...place, ...limits }, never);
}

/** Linux alone tells. */
function anonymousMiB(pid: number | undefined): number {
	const status = readFileSync(`/proc/${pid ?? 'self'}/status`, 'utf8');
	return Math.round(Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
