import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { getLlama } from 'node-llama-cpp';
import { choosePositions, type EvaluationPosition } from '../src/core/evaluation/positions';
import { layoutPrompt, type LayoutInput, type LayoutState } from '../src/core/prompt/layout';
import type { TokenId } from '../src/core/prompt/tokenizer';
import { readRepository } from '../src/node/evaluation/readRepository';
import type { CompletionResult } from '../src/protocol/engineContract';
import { EngineRig } from '../test/process/engineRig';
import { openRealModel, type RealModel } from '../test/support/realModel';
import { median, quantile } from './statistics';

/**
 * Measures the gain of a KV cache that outlives the engine (`sotto.engine.keepCache`): tokens that the built engine evaluates at the
 * first key after a start, with it and without. Costs: processor time of reading 896 tokens, of saving and of loading what that
 * leaves. Gains if less were kept: how much of the first prompt after a start is the beginning of the last one before it. 400 characters
 * are typed, the user rests, the window is opened anew, and the cursor stands at the same place or thirty lines below.
 * `npx tsx bench/warmStart.ts --model GGUF --repo FOLDER …` writes `bench/results/warm-start.json`.
 */
const read = 896;
const slice = 64;
/** As `limitsOf` allows 0.5 billion weights on one core. */
const budget = 819;
const typed = 400;
const rounds = 5;

const { values } = parseArgs({
	options: { model: { type: 'string', default: '' }, repo: { type: 'string', multiple: true, default: [] } },
});

function processorMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const start = processorMs();
	await work();
	return processorMs() - start;
}

async function costs(): Promise<Record<string, number>> {
	const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, maxThreads: 1, progressLogs: false });
	const model = await llama.loadModel({ modelPath: values.model });
	const context = await model.createContext({ contextSize: 1024, sequences: 1, batchSize: slice, threads: 1 });
	const sequence = context.getSequence();
	const tokens = model.tokenize('if (value === undefined) {\n\treturn other;\n}\n'.repeat(100)).slice(0, read);
	const prefillMs = await timed(async () => {
		for (let at = 0; at < tokens.length; at += slice) {
			await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(at, at + slice));
		}
	});
	const path = join(tmpdir(), `sotto-warm-${process.pid}`);
	const [saves, loads]: [number[], number[]] = [[], []];
	for (let round = 0; round < rounds; round++) {
		saves.push(await timed(() => sequence.saveStateToFile(path)));
		await sequence.clearHistory();
		loads.push(await timed(() => sequence.loadStateFromFile(path, { acceptRisk: true })));
	}
	const { size } = statSync(path);
	await model.dispose();
	return {
		tokens: tokens.length,
		prefillMs: Math.round(prefillMs),
		saveMs: rounded(median(saves)),
		loadMs: rounded(median(loads)),
		bytesPerToken: Math.round(size / tokens.length),
	};
}

/** Shares of the first prompt that the last one begins with: by what of the layout is kept beside the cache. */
interface Shared {
	readonly nothing: number;
	readonly windowStart: number;
	readonly all: number;
}

function shared(real: RealModel, position: EvaluationPosition, later: number): Shared {
	const { file, offset } = position;
	const inputAt = (at: number, after = at): LayoutInput => {
		const prefix = file.text.slice(Math.max(0, at - 48_000), at);
		return { path: file.path, prefix, suffix: file.text.slice(after, after + 16_000), pieces: [] };
	};
	let state: LayoutState | undefined;
	let last: readonly TokenId[] = [];
	for (let at = offset - typed; at <= offset; at += 8) {
		({ state, tokens: last } = layoutPrompt(real.format, real.tokenizer, inputAt(at, offset), { budget, state }));
	}
	const first = (kept: LayoutState | undefined): number => {
		const { tokens } = layoutPrompt(real.format, real.tokenizer, inputAt(later), { budget, state: kept });
		const different = tokens.findIndex((token, index) => token !== last[index]);
		return different === -1 ? 1 : different / tokens.length;
	};
	const elsewhere = { path: '', before: '', after: '' };
	return { nothing: first(undefined), windowStart: first(state && { ...state, anchor: elsewhere }), all: first(state) };
}

function below({ file: { text }, offset }: EvaluationPosition): number {
	let at = offset;
	for (let line = 0; line < 30 && text.includes('\n', at); line++) {
		at = text.indexOf('\n', at) + 1;
	}
	return at;
}

function rounded(value: number): number {
	return Number(value.toFixed(2));
}

function summary(all: readonly Shared[]): Record<string, unknown> {
	return Object.fromEntries(
		(['nothing', 'windowStart', 'all'] as const).map(kept => {
			const shares = all.map(one => one[kept]);
			const mean = rounded(shares.reduce((sum, share) => sum + share, 0) / shares.length);
			return [kept, { mean, quartiles: [0.25, 0.5, 0.75].map(at => rounded(quantile(shares, at))) }];
		}),
	);
}

/** The first key after a start, as the engine reports it, and whether the last engine leaves its cache. */
async function firstKey(leaves: boolean, position: EvaluationPosition): Promise<CompletionResult> {
	const folder = mkdtempSync(join(tmpdir(), 'sotto-warm-'));
	const { file, offset } = position;
	const ask = async (at: number): Promise<CompletionResult> => {
		const engine = new EngineRig();
		const cacheFolder = leaves ? folder : undefined;
		const load = { role: 'complete', path: values.model, threads: 1, cacheFolder } as const;
		await engine.client.call('model/load', load, new AbortController().signal);
		const prefix = file.text.slice(Math.max(0, at - 48_000), at);
		const suffix = file.text.slice(offset, offset + 16_000);
		const answer = await engine.complete({ path: file.path, prefix, suffix, maxTokens: 1 });
		await engine.stop();
		return answer;
	};
	await ask(offset - 1);
	const answer = await ask(offset);
	rmSync(folder, { recursive: true });
	return answer;
}

async function firstKeys(positions: readonly EvaluationPosition[]): Promise<readonly Record<string, number>[]> {
	const keys: Record<string, number>[] = [];
	for (const position of positions) {
		const [kept, read] = [await firstKey(true, position), await firstKey(false, position)];
		keys.push({
			promptTokens: read.promptTokens,
			evaluatedWithCache: kept.evaluatedTokens,
			evaluatedWithout: read.evaluatedTokens,
		});
	}
	return keys;
}

const real = await openRealModel(values.model);
const files = (await Promise.all(values.repo.map(root => readRepository(root)))).flat();
const positions = choosePositions(files, { perLanguage: 60, seed: 5 }).filter(({ offset }) => offset > 3000);
const result = {
	command: 'npx tsx bench/warmStart.ts --model GGUF --repo FOLDER …',
	model: basename(values.model),
	costs: await costs(),
	firstKeys: await firstKeys(positions.filter((_, at) => at % 20 === 0).slice(0, 4)),
	positions: positions.length,
	samePlace: summary(positions.map(position => shared(real, position, position.offset))),
	thirtyLinesBelow: summary(positions.map(position => shared(real, position, below(position)))),
};
writeFileSync(join(import.meta.dirname, 'results/warm-start.json'), `${JSON.stringify(result, null, '\t')}\n`);
console.log(JSON.stringify(result));
process.exit(0);
