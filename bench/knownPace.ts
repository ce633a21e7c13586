import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { EngineRig, never } from '../test/process/engineRig';
import { nanoModel } from '../test/support/gguf';
import { processorMs } from './processTime';
import { estimateMedian, type Estimate } from './statistics';

/**
 * Measures the gain of an engine that remembers how fast a model is (`engine/paceMemory.ts`). The built engine is started with and
 * without that file, A B B A; processor time and time until the model is ready, which a first completion waits for.
 * `npx tsx bench/knownPace.ts --model GGUF [--threads 1] [--pairs 10]` writes `bench/results/known-pace-MODEL.json`.
 */
const { values } = parseArgs({
	options: {
		model: { type: 'string', default: nanoModel },
		threads: { type: 'string', default: '1' },
		pairs: { type: 'string', default: '10' },
	},
});

interface Start {
	readonly processorMs: number;
	readonly wallMs: number;
}

async function start(paceFile: string | undefined): Promise<Start> {
	const begun = performance.now();
	const rig = new EngineRig();
	const load = { role: 'complete', path: values.model, threads: Number(values.threads), paceFile } as const;
	await rig.client.call('model/load', load, never);
	const figures = { processorMs: processorMs(rig.pid), wallMs: performance.now() - begun };
	await rig.stop();
	return figures;
}

const folder = mkdtempSync(join(tmpdir(), 'sotto-known-pace-'));
try {
	const paceFile = join(folder, 'pace.json');
	await start(paceFile);
	const pairs: { readonly known: Start; readonly measured: Start }[] = [];
	for (let count = 0; count < Number(values.pairs); count++) {
		const first = await start(count % 2 === 0 ? paceFile : undefined);
		const second = await start(count % 2 === 0 ? undefined : paceFile);
		pairs.push(count % 2 === 0 ? { known: first, measured: second } : { known: second, measured: first });
	}
	const estimate = (what: (pair: (typeof pairs)[number]) => number): Estimate => {
		const { median, from, to, count } = estimateMedian(pairs.map(what));
		return { median: Math.round(median), from: Math.round(from), to: Math.round(to), count };
	};
	const model = basename(values.model, '.gguf');
	const result = {
		command: `npx tsx bench/knownPace.ts ${process.argv.slice(2).join(' ')}`.trim(),
		model,
		threads: Number(values.threads),
		loadAverage: loadavg()[0],
		measuredMs: {
			processor: estimate(pair => pair.measured.processorMs),
			wall: estimate(pair => pair.measured.wallMs),
		},
		knownMs: { processor: estimate(pair => pair.known.processorMs), wall: estimate(pair => pair.known.wallMs) },
		savedMs: {
			processor: estimate(({ known, measured }) => measured.processorMs - known.processorMs),
			wall: estimate(({ known, measured }) => measured.wallMs - known.wallMs),
		},
	};
	const text = `${JSON.stringify(result, undefined, '\t')}\n`;
	writeFileSync(join(import.meta.dirname, 'results', `known-pace-${model}.json`), text);
	console.log(text);
} finally {
	rmSync(folder, { recursive: true });
}
