import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { recipes, type RecipeName } from '../scripts/models/quantise/recipes';
import { makeCandidates, type Candidate } from './quantisation/candidates';
import { judge, type Judgement } from './quantisation/judgement';
import { measureSpeed, type Speed } from './quantisation/speed';

/**
 * SmolLM2 in several quantisations: size, memory, speed, and how each judges code of this repository, which is newer than
 * the model. `npx tsx bench/quantisation.ts [--file NAME …] [--rounds 10]` writes `bench/results/quantisation.json`.
 */
const root = join(import.meta.dirname, '..');
const tokensOfEach = 512;
const texts = [
	'src/core/context/rankPieces.ts',
	'src/node/engine/engineSupervisor.ts',
	'src/core/evaluation/pairedContexts.ts',
	'training/export.py',
	'training/gguf_file.py',
	'training/grade.py',
].map(file => readFileSync(join(root, file), 'utf8'));

interface Row {
	readonly megabytes: number;
	readonly residentMegabytes: number;
	/** Not backed by the file: weights that were rearranged, and the context. */
	readonly anonymousMegabytes: number;
	readonly speed: Speed | undefined;
	/** Nats a token of the author's. */
	readonly loss: number;
	/** Against the source: mean change with its 95 % interval, nats. */
	readonly lossChange: readonly [mean: number, from: number, to: number];
	/** Share of places where it would write the same token as the source. */
	readonly sameChoice: number;
}

const { values } = parseArgs({
	options: {
		file: { type: 'string', multiple: true, default: [] as string[] },
		rounds: { type: 'string', default: '10' },
	},
});
const names = Object.keys(recipes).filter((name): name is RecipeName => isWanted(name, values.file));
const candidates = await makeCandidates(names);
const loadBefore = loadavg()[0];
const speeds = await measureSpeed(candidates, texts.join('\n'), Number(values.rounds));
const judgements = new Map<string, Judgement>();
for (const candidate of candidates) {
	judgements.set(candidate.name, await judge(candidate, texts, tokensOfEach));
	console.error(`${candidate.name} judged`);
}
const result = {
	command: `npx tsx bench/quantisation.ts ${process.argv.slice(2).join(' ')}`.trim(),
	machine: `${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}; one thread, processor time`,
	loadAverage: [loadBefore, loadavg()[0]],
	judgedTokens: judgements.get('source')?.losses.length,
	files: Object.fromEntries(candidates.map(candidate => [candidate.name, rowOf(candidate)])),
};
writeFileSync(join(root, 'bench/results/quantisation.json'), `${JSON.stringify(result, undefined, '\t')}\n`);
console.log(JSON.stringify(result, undefined, '\t'));
process.exit(0);

/** The source is what all are compared with. */
function isWanted(name: string, asked: readonly string[]): boolean {
	return asked.length === 0 || name === 'source' || asked.includes(name);
}

function rowOf({ name, path, bytes }: Candidate): Row {
	const source = judgements.get('source') ?? { losses: [], choices: [] };
	const own = judgements.get(name) ?? source;
	const [residentMegabytes = NaN, anonymousMegabytes = NaN] = memoryOf(path);
	return {
		megabytes: Math.round(bytes / 1e5) / 10,
		residentMegabytes,
		anonymousMegabytes,
		speed: speeds.get(name),
		loss: mean(own.losses),
		lossChange: meanWithInterval(own.losses.map((loss, at) => loss - (source.losses[at] ?? NaN))),
		sameChoice: mean(own.choices.map((choice, at) => Number(choice === source.choices[at]))),
	};
}

function memoryOf(path: string): readonly number[] {
	const output = execFileSync(process.execPath, ['--import', 'tsx', join(root, 'bench/quantisation/memory.ts'), path]);
	return JSON.parse(output.toString('utf8')) as readonly number[];
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Normal, 95 %. */
function meanWithInterval(values: readonly number[]): readonly [number, number, number] {
	const middle = mean(values);
	const half = 1.96 * Math.sqrt(mean(values.map(value => (value - middle) ** 2)) / values.length);
	return [middle, middle - half, middle + half];
}
