import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { RealStorm } from '../test/process/storm/realStorm';

/**
 * Ten thousand events of all kinds of bad input at the real engine, which is killed again and again: `node esbuild.mjs --silent
 * && npx tsx bench/storm.ts`. Throws at the first thing that is wrong: see `test/process/storm`.
 */
const events = 10_000;
/** Events after which all comes to rest, is checked, and memory is looked at. */
const part = 1000;
/** By how much waits are shorter than users' are. */
const haste = 4;
const seed = 1;
const mebibyte = 2 ** 20;

interface Part {
	readonly engineMiB: number;
	readonly hostHeapMiB: number;
	readonly shown: number;
	readonly failures: number;
	readonly kills: number;
	readonly restarts: number;
}

/** Garbage is no leak. */
function collect(): void {
	setFlagsFromString('--expose-gc');
	(runInNewContext('gc') as () => void)();
}

function lookAt({ editor, world }: RealStorm, engineBytes: number): Part {
	collect();
	return {
		engineMiB: Math.round(engineBytes / mebibyte),
		hostHeapMiB: Math.round((10 * process.memoryUsage().heapUsed) / mebibyte) / 10,
		shown: editor.shown,
		failures: editor.failures,
		kills: world.kills,
		restarts: world.restarts,
	};
}

async function main(): Promise<void> {
	const storm = new RealStorm(seed, haste);
	const parts: Part[] = [];
	try {
		while (storm.editor.events < events) {
			await storm.blow(part);
			parts.push(lookAt(storm, await storm.residentBytes()));
			process.stdout.write(`${storm.editor.events} events: ${JSON.stringify(parts.at(-1))}\n`);
		}
		await storm.compareWithFresh();
	} finally {
		storm.world.dispose();
	}
	const result = {
		command: 'node esbuild.mjs --silent && npx tsx bench/storm.ts',
		machine: `${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}, shared`,
		load: loadavg()[0],
		seed,
		haste,
		events: storm.editor.events,
		everyThousand: parts,
	};
	await writeFile(join(import.meta.dirname, 'results/storm.json'), `${JSON.stringify(result, null, '\t')}\n`);
}

await main();
