import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openRealModel } from '../test/support/realModel';
import { barChart } from './barChart';
import { measureAgainstLimit, type LimitFigures, type LimitPlan } from './pairs/againstLimit';
import { measurePairs, summarisePairs, type Pair, type PairSummary } from './pairs/measurePairs';
import { RivalSide } from './pairs/rivalSide';
import { SottoSide, type RestingCost } from './pairs/sottoSide';
import { buildLlamaPrograms, type LlamaPrograms } from './rival/buildServer';
import { rivalConfigurations, type RivalName } from './rival/llamaServer';
import { shapedModel } from './shapes/modelFile';
import type { Quantisation } from './shapes/quantise';
import type { ShapeName } from './shapes/shape';
import { repositoryToken } from './shapes/vocabulary';
import { allTraces, appendedRun } from './traces/allTraces';
import type { Moment } from './traces/trace';
import { virtualReport, type TraceFigures } from './virtual/virtualReport';

/**
 * Sotto's engine against llama-server as llama.vscode drives it: `npm run bench:latency` builds the server (once) and makes
 * the model (once), then measures. `-- --shape 1.5B --type Q8_0 --pairs 8` for another model; `--no-virtual` takes the
 * figures that need no clock from the file of the run before, `--rivals lean` and `--limit-pairs 4` make it shorter, and `--limit-only` all but what is compared with the limit.
 * Writes `bench/results/latency-….json` and `.svg`.
 */

/** Random weights never end an answer, so both write as many tokens as a short line has. */
const answerTokens = 8;
const pairedTrace = 'real-commits';
const restMs = 60_000;
const results = join(import.meta.dirname, 'results');
const virtualFile = 'virtual-clock.json';

const { values } = parseArgs({
	options: {
		shape: { type: 'string', default: '0.5B' },
		type: { type: 'string', default: 'Q4_0' },
		pairs: { type: 'string', default: '20' },
		'limit-pairs': { type: 'string', default: '16' },
		rivals: { type: 'string', default: Object.keys(rivalConfigurations).join() },
		virtual: { type: 'boolean', default: true },
		'limit-only': { type: 'boolean', default: false },
	},
	allowNegative: true,
});

function writeJson(name: string, value: unknown): void {
	mkdirSync(results, { recursive: true });
	writeFileSync(join(results, name), `${JSON.stringify(value, undefined, '\t')}\n`);
}

function readVirtual(): Record<string, TraceFigures> {
	return JSON.parse(readFileSync(join(results, virtualFile), 'utf8')) as Record<string, TraceFigures>;
}

function say(line: string): void {
	process.stderr.write(`${line}\n`);
}

async function measureVirtually(traces: ReadonlyMap<string, readonly Moment[]>): Promise<Record<string, TraceFigures>> {
	const model = await openRealModel(shapedModel('vocabulary', 'Q4_0'));
	const { format, tokenizer } = model;
	if (format.order === 'left-to-right') {
		throw new Error('The rival is asked to fill in the middle, so the vocabulary must have the tokens for it.');
	}
	const decode: typeof model.decode = (tokens, before) => model.decode(tokens, before);
	const figures: Record<string, TraceFigures> = {};
	for (const [name, moments] of traces) {
		say(`Replaying ${name} on virtual machines`);
		figures[name] = await virtualReport({ format, tokenizer, decode, repository: repositoryToken }, moments);
	}
	await model.model.dispose();
	writeJson(virtualFile, figures);
	return figures;
}

function commit(): string {
	return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
}

interface Rivalry {
	readonly limit: LimitFigures;
	readonly pairs: Readonly<Record<string, PairSummary>>;
	readonly atRest: RestingCost;
}

async function measureRivals(
	programs: LlamaPrograms,
	model: string,
	{ names, places }: { names: readonly RivalName[]; places: readonly Moment[] },
): Promise<Rivalry> {
	const pairs: Record<string, PairSummary> = {};
	const ours = await SottoSide.start(model);
	try {
		for (const name of names) {
			pairs[name] = await measureRival(ours, name, { server: programs.server, model, places });
		}
		const limit = await measureAgainstLimit(ours, limitPlan(programs, model, places));
		say('A minute of rest');
		return { pairs, limit, atRest: await ours.rest(restMs) };
	} finally {
		await ours.stop();
	}
}

function limitPlan({ bench }: LlamaPrograms, model: string, places: readonly Moment[]): LimitPlan {
	return { bench, model, places, tokens: answerTokens, pairs: Number(values['limit-pairs']), say };
}

async function measureRival(
	ours: SottoSide,
	name: RivalName,
	{ server, model, places }: { server: string; model: string; places: readonly Moment[] },
): Promise<PairSummary> {
	const rival = await RivalSide.start(server, model, rivalConfigurations[name]);
	const onPair = ({ ours: our, rival: their }: Pair): void => {
		say(`${name}: ${Math.round(our.processor)} ms against ${Math.round(their.processor)} ms`);
	};
	try {
		return summarisePairs(await measurePairs(ours, rival, { places, tokens: answerTokens, onPair }));
	} finally {
		await rival.stop();
	}
}

/** The one that Sotto is least ahead of. */
function bestRival(pairs: Readonly<Record<string, PairSummary>>): readonly [string, PairSummary] {
	const [best] = Object.entries(pairs).toSorted(([, a], [, b]) => a.processorRatio.median - b.processorRatio.median);
	if (best === undefined) {
		throw new Error('There was no rival.');
	}
	return best;
}

interface Measured extends Rivalry {
	readonly virtual: Readonly<Record<string, TraceFigures>>;
	readonly loadAverage: number | undefined;
	readonly modelMiB: number;
}

function resultOf({ virtual, pairs, limit, atRest, loadAverage, modelMiB }: Measured): LatencyResult {
	const [best, summary] = bestRival(pairs);
	const perKey = Object.values(virtual).map(({ patient }) => patient.ours.perAppendedKey);
	return {
		command: `npm run bench:latency -- ${process.argv.slice(2).join(' ')}`.trimEnd(),
		commit: commit(),
		machine: `${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}; one thread each`,
		loadAverage,
		model: `shape and vocabulary of Qwen2.5-Coder-${values.shape}, ${values.type}, random weights`,
		tokensPerAppendedKeystroke: Math.max(...perKey),
		ratioToBestRival: summary.processorRatio.median,
		bestRival: best,
		ratioToLimit: limit.ratio.median,
		answerTokens,
		limit,
		engineAtRest: { ...atRest, modelMiB },
		pairs,
		traces: virtual,
	};
}

interface LatencyResult {
	readonly command: string;
	readonly commit: string;
	readonly machine: string;
	readonly loadAverage: number | undefined;
	readonly model: string;
	/** Tokens for each appended key in the trace that has the most; healing included. */
	readonly tokensPerAppendedKeystroke: number;
	/** Processor time from a key to the first suggestion: the rival's by ours, median of the pairs. */
	readonly ratioToBestRival: number;
	readonly bestRival: string;
	readonly ratioToLimit: number;
	readonly answerTokens: number;
	readonly limit: LimitFigures & { readonly commit?: string };
	readonly engineAtRest: RestingCost & { readonly modelMiB: number };
	readonly pairs: Readonly<Record<string, PairSummary>>;
	readonly traces: Readonly<Record<string, TraceFigures>>;
}

function writeChart(name: string, { model, pairs }: LatencyResult): void {
	const chart = barChart({
		title: `From a key to ${answerTokens} tokens, ${model}`,
		unit: 'milliseconds of processor time, median',
		series: ['Sotto', 'llama-server, asked as llama.vscode asks'],
		groups: Object.entries(pairs).map(([rival, { ours, rival: theirs }]) => ({
			name: rival,
			values: [ours.processor, theirs.processor],
		})),
	});
	writeFileSync(join(results, name), chart);
}

async function main(): Promise<void> {
	const traces = allTraces();
	const programs = buildLlamaPrograms(say);
	const model = shapedModel(values.shape as ShapeName, values.type as Quantisation);
	const virtual = values.virtual ? await measureVirtually(traces) : readVirtual();
	const names = values.rivals.split(',') as RivalName[];
	const places = appendedRun(traces.get(pairedTrace) ?? [], Number(values.pairs) + 1);
	const name = `latency-${values.shape}-${values.type}`;
	if (values['limit-only']) {
		await measureLimitOnly(`${name}.json`, { programs, model, places });
		return;
	}
	const [loadAverage] = loadavg();
	const rivalry = await measureRivals(programs, model, { names, places });
	const modelMiB = Math.round(statSync(model).size / 2 ** 20);
	const result = resultOf({ ...rivalry, virtual, loadAverage, modelMiB });
	writeJson(`${name}.json`, result);
	writeChart(`${name}.svg`, result);
	process.stdout.write(`${JSON.stringify(result, undefined, '\t')}\n`);
}

async function measureLimitOnly(
	file: string,
	{ programs, model, places }: { programs: LlamaPrograms; model: string; places: readonly Moment[] },
): Promise<void> {
	const before = JSON.parse(readFileSync(join(results, file), 'utf8')) as LatencyResult;
	const ours = await SottoSide.start(model);
	try {
		const limit = await measureAgainstLimit(ours, limitPlan(programs, model, places));
		writeJson(file, { ...before, ratioToLimit: limit.ratio.median, limit: { ...limit, commit: commit() } });
	} finally {
		await ours.stop();
	}
}

await main();
