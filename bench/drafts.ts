import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { getLlama, type ControlledEvaluateInputItem, type LlamaContextSequence, type Token } from 'node-llama-cpp';
import { nearestFiles } from '../src/core/evaluation/nearestFiles';
import { choosePositions, cursorDocument, hiddenText, type EvaluationPosition } from '../src/core/evaluation/positions';
import type { SourceFile } from '../src/core/evaluation/sourceFile';
import { LocalPrior } from '../src/core/prior/localPrior';
import { OpenTexts } from '../src/core/prior/openTexts';
import type { TokenId } from '../src/core/prompt/tokenizer';
import { readRepository } from '../src/node/evaluation/readRepository';
import { openRealModel, type RealModel } from '../test/support/realModel';
import { median } from './statistics';

/**
 * Would drafts pay? A draft is what the texts at hand go on with behind four agreeing lexemes or more; the model checks it in one
 * native call, and writes what it would have written anyway. Costs: processor time of checking k tokens against writing one.
 * Gains: how much of the drafts is right, in the product's own answers (`--answers`, with the model that writes them) or in what
 * the authors wrote (else; only the vocabulary of `--model` matters).
 * `npx tsx bench/drafts.ts costs GGUF …`, `npx tsx bench/drafts.ts gains --model GGUF [--answers] --repo FOLDER …`; both add to
 * `bench/results/drafts.json`.
 */
const lengths = [1, 2, 3, 4, 8];
const rounds = 12;
const leastAgreeing = 4;
const mostTokens = 64;

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		repo: { type: 'string', multiple: true, default: [] },
		model: { type: 'string', default: '' },
		answers: { type: 'boolean', default: false },
		positions: { type: 'string', default: '60' },
	},
});

/** Processor time of reading k tokens and telling what comes behind each, in proportion to one; all lengths in each round. */
async function costs(path: string): Promise<Record<string, unknown>> {
	const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, maxThreads: 1, progressLogs: false });
	const model = await llama.loadModel({ modelPath: path });
	const context = await model.createContext({ contextSize: 1024, sequences: 1, batchSize: 64, threads: 1 });
	const sequence = context.getSequence();
	const start = model
		.tokenize('export function sum(list: number[]): number {\n\treturn list.reduce('.repeat(8))
		.slice(0, 256);
	await sequence.evaluateWithoutGeneratingNewTokens(start);
	const times = new Map(lengths.map(length => [length, [] as number[]]));
	for (let round = 0; round <= rounds; round++) {
		for (const length of lengths) {
			const took = await verify(sequence, start.slice(0, length));
			await sequence.adaptStateToTokens(start, false);
			if (round > 0) {
				times.get(length)?.push(took);
			}
		}
	}
	await model.dispose();
	const one = times.get(1) ?? [];
	const ratios = lengths.map(length => {
		const each = (times.get(length) ?? []).map((took, round) => took / (one[round] ?? NaN));
		return [length, Number(median(each).toFixed(2))];
	});
	return {
		one: `${median(one).toFixed(2)} ms`,
		inProportion: Object.fromEntries(ratios) as Record<string, number>,
		rounds,
	};
}

async function verify(sequence: LlamaContextSequence, tokens: readonly Token[]): Promise<number> {
	const generateNext = { token: true, totalLogitWeight: true, options: { temperature: 0 } };
	const inputs = tokens.map((token): ControlledEvaluateInputItem => [token, { generateNext }]);
	const before = process.cpuUsage();
	await sequence.controlledEvaluate(inputs);
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

/** What is written in the end, token by token, and what was drafted in front of each token. */
interface Written {
	readonly tokens: readonly TokenId[];
	readonly drafts: readonly (readonly TokenId[])[];
}

async function replay(real: RealModel, position: EvaluationPosition, files: readonly SourceFile[]): Promise<Written> {
	const texts = new OpenTexts();
	for (const { uri, path, text } of nearestFiles(position.file, files, 20).toReversed()) {
		await texts.add({ id: uri, path, text: text.slice(0, 100_000) }, () => Promise.resolve());
	}
	const document = cursorDocument(position);
	const answer = values.answers ? await write(real, position, texts) : real.tokenizer.tokenize(hiddenText(position));
	const prior = new LocalPrior(texts);
	prior.moveTo(document);
	const tokens = answer.slice(0, mostTokens);
	const drafts = tokens.map((_, index) => {
		const guess = prior.guess(real.decode(tokens.slice(0, index), []));
		const [best] = (guess?.continuations ?? []).toSorted((a, b) => b.share - a.share);
		return guess === undefined || guess.agreeing < leastAgreeing ? [] : real.tokenizer.tokenize(best?.text ?? '');
	});
	return { tokens, drafts };
}

/** The product's answer behind the cursor. */
async function write(real: RealModel, position: EvaluationPosition, texts: OpenTexts): Promise<readonly TokenId[]> {
	const sequence = await real.openSequence();
	const place = { ...cursorDocument(position), pieces: [], requestId: 1, probabilityFloor: 0, maxTokens: mostTokens };
	const extent = position.kind === 'block' ? 'block' : 'line';
	const { signal } = new AbortController();
	const { text } = await real.completer(sequence, texts).run({ ...place, extent }, signal, () => undefined);
	await sequence.dispose();
	return real.tokenizer.tokenize(text);
}

/** Steps by how many tokens were drafted and how many of them were right, if drafts are no longer than `most`. */
function gain(all: readonly Written[], most: number): Record<string, unknown> {
	let [tokens, steps, drafted, accepted] = [0, 0, 0, 0];
	const checked: Record<number, number> = {};
	for (const { tokens: written, drafts } of all) {
		tokens += written.length;
		for (let at = 0; at < written.length;) {
			const draft = (drafts[at] ?? []).slice(0, most);
			const wrong = draft.findIndex((token, index) => token !== written[at + index]);
			const right = wrong === -1 ? draft.length : wrong;
			steps++;
			drafted += draft.length;
			accepted += right;
			checked[draft.length + 1] = (checked[draft.length + 1] ?? 0) + 1;
			at += right + 1;
		}
	}
	return { most, tokens, steps, drafted, accepted, checked };
}

async function gains(): Promise<unknown> {
	const real = await openRealModel(values.model);
	const files = (await Promise.all(values.repo.map(root => readRepository(root)))).flat();
	const positions = choosePositions(files, { perLanguage: Number(values.positions), seed: 3 });
	const all: Written[] = [];
	for (const position of positions) {
		all.push(await replay(real, position, files));
	}
	await real.model.dispose();
	return {
		positions: positions.length,
		drafts: [1, 2, 3, 7].map(most => gain(all, most)),
	};
}

/** Beside what was measured before. */
function record(name: string, result: unknown): void {
	const path = join(import.meta.dirname, 'results/drafts.json');
	const before = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as object) : {};
	writeFileSync(path, `${JSON.stringify({ ...before, [name]: result }, null, '\t')}\n`);
	console.log(name, JSON.stringify(result));
}

const [what, ...paths] = positionals;
for (const path of what === 'costs' ? paths : []) {
	record(`costs: ${basename(path)}`, await costs(path));
}
if (what === 'gains') {
	const of = values.answers ? `answers of ${basename(values.model)}` : `authors, ${basename(values.model)}`;
	record(`gains: ${of}`, await gains());
}
