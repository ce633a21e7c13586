import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { getLlama, type ControlledEvaluateInputItem, type LlamaContextSequence } from 'node-llama-cpp';
import { contextOptions } from '../src/engine/contextOptions';
import { SamplerGarbage } from '../src/engine/samplerGarbage';
import { nanoModel } from '../test/support/gguf';
import { shapedModel } from './shapes/modelFile';
import { median } from './statistics';

/**
 * Measures the time of a token in the native part, always beside what it is compared with, in turns and in both orders:
 * `npx tsx bench/tokenTime.ts` writes `bench/results/token-time.json`.
 * - `threads`: the model in the box with one, two and three threads, beside whatever else runs; wall clock.
 * - `top`: the 128 likeliest tokens by the sampler and as logits, and the likeliest alone, shape of 0.5B; processor time.
 * - `voice`: the shape of 0.5B with weights that are sure of what they say and with vague ones; processor time.
 */
const threadCounts = [1, 2, 3];
const likeliest = 128;
const contextTokens = 512;
const rounds = 6;
/** In a row: after a change of what is done, the first one is not counted. */
const tokensPerTurn = 4;

type GenerateNext = NonNullable<Extract<ControlledEvaluateInputItem, readonly unknown[]>[1]['generateNext']>;

/** One token more. */
type Step = () => Promise<unknown>;

interface Summary {
	readonly medianMs: number;
	readonly leastMs: number;
	readonly mostMs: number;
}

const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, maxThreads: 3, progressLogs: false });

async function measure(
	steps: Readonly<Record<string, Step>>,
	clock: () => number,
): Promise<Readonly<Record<string, Summary>>> {
	const times = new Map(Object.keys(steps).map(name => [name, [] as number[]]));
	for (let round = 0; round < rounds; round++) {
		const turn = round % 2 === 0 ? Object.entries(steps) : Object.entries(steps).toReversed();
		for (const [name, step] of turn) {
			await step();
			const started = clock();
			for (let token = 0; token < tokensPerTurn; token++) {
				await step();
			}
			times.get(name)?.push((clock() - started) / tokensPerTurn);
		}
	}
	return Object.fromEntries([...times].map(([name, values]) => [name, summaryOf(values)]));
}

function summaryOf(times: readonly number[]): Summary {
	const rounded = (ms: number): number => Number(ms.toPrecision(3));
	return {
		medianMs: rounded(median(times)),
		leastMs: rounded(Math.min(...times)),
		mostMs: rounded(Math.max(...times)),
	};
}

function processorMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

async function openSequence(path: string, threads: number): Promise<LlamaContextSequence> {
	const model = await llama.loadModel({ modelPath: path });
	return (await model.createContext(contextOptions(contextTokens, threads))).getSequence();
}

/** @param asked beside the token itself. */
function stepOf(sequence: LlamaContextSequence, asked: GenerateNext): Step {
	const [token] = sequence.model.tokenize('return');
	const garbage = new SamplerGarbage();
	if (token === undefined) {
		throw new Error('The model has no token for a word.');
	}
	return () => garbage.after(sequence.controlledEvaluate([[token, { generateNext: { token: true, ...asked } }]]));
}

const plain: GenerateNext = { options: { temperature: 0 } };

function withThreads(step: Step): Readonly<Record<string, Step>> {
	return Object.fromEntries(
		threadCounts.map(threads => [
			`${threads}`,
			() => {
				llama.maxThreads = threads;
				return step();
			},
		]),
	);
}

const wallClock = (): number => performance.now();
const top = { tokens: [], includeTop: likeliest };
const loadBefore = loadavg()[0];
const ours = withThreads(stepOf(await openSequence(nanoModel, Math.max(...threadCounts)), plain));
const threads = await measure(ours, wallClock);
llama.maxThreads = 1;
const sure = await openSequence(shapedModel('0.5B', 'Q4_0', 'sure'), 1);
const result = {
	command: 'npx tsx bench/tokenTime.ts',
	machine: `${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}`,
	loadAverageBefore: loadBefore,
	unit: `milliseconds a token; ${rounds} turns of ${tokensPerTurn} tokens, in turns`,
	threads: { unit: 'wall clock', ...threads },
	top: {
		unit: 'processor time',
		...(await measure(
			{
				likeliest: stepOf(sure, plain),
				bySampler: stepOf(sure, {
					options: { temperature: 1, topK: likeliest, topP: 1, minP: 0 },
					logits: { filter: top },
				}),
				asLogits: stepOf(sure, { options: { temperature: 0 }, logits: { filter: top } }),
			},
			processorMs,
		)),
	},
	voice: {
		unit: 'processor time',
		...(await measure(
			{
				sure: stepOf(sure, plain),
				vague: stepOf(await openSequence(shapedModel('0.5B', 'Q4_0', 'vague'), 1), plain),
			},
			processorMs,
		)),
	},
};
writeFileSync(join(import.meta.dirname, 'results/token-time.json'), `${JSON.stringify(result, undefined, '\t')}\n`);
console.log(JSON.stringify(result, undefined, '\t'));
process.exit(0);
