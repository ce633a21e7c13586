import { getLlama, type ControlledEvaluateInputItem, type LlamaContextSequence, type Token } from 'node-llama-cpp';
import { median } from '../statistics';

const lengths = [1, 2, 3, 4, 8];
const rounds = 12;

/** Processor time of reading k tokens and telling what comes behind each, in proportion to one; all lengths in each round. */
export async function costs(path: string): Promise<unknown> {
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
