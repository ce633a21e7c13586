import { estimateMedian, median, type Estimate } from '../statistics';
import type { Candidate } from './candidates';
import { openModel, type OpenedModel } from './openedModel';

const contextTokens = 1024;
const promptTokens = 256;
const decodedTokens = 16;

export interface Speed {
	/** Tokens a second of processor time. */
	readonly prefill: number;
	/** Milliseconds of processor time a token. */
	readonly decode: number;
	/** The first candidate's time divided by this one's, round by round: above 1 this one is faster. */
	readonly prefillRatio: Estimate;
	readonly decodeRatio: Estimate;
}

interface Times {
	readonly prefill: number[];
	readonly decode: number[];
}

interface Runner extends Times {
	readonly name: string;
	readonly opened: OpenedModel;
}

/** All candidates in turns, every second round backwards, so that what else the machine does falls on all. One thread. */
export async function measureSpeed(
	candidates: readonly Candidate[],
	text: string,
	rounds: number,
): Promise<ReadonlyMap<string, Speed>> {
	const runners: Runner[] = [];
	for (const { name, path } of candidates) {
		runners.push({ name, opened: await openModel(path, contextTokens), prefill: [], decode: [] });
	}
	// One round that is not counted reads the weights from disk.
	for (let round = -1; round < rounds; round++) {
		for (const runner of round % 2 === 0 ? runners : runners.toReversed()) {
			const { prefill, decode } = await timesOf(runner.opened, text);
			if (round >= 0) {
				runner.prefill.push(prefill);
				runner.decode.push(decode);
			}
		}
	}
	const [first] = runners;
	return new Map(first === undefined ? [] : runners.map(runner => [runner.name, speedOf(runner, first)]));
}

async function timesOf({ model, sequence }: OpenedModel, text: string): Promise<{ prefill: number; decode: number }> {
	const tokens = model.encode(text).slice(0, promptTokens);
	await sequence.keepCommonPrefix([]);
	const started = processorMs();
	await sequence.evaluate(tokens);
	const read = processorMs();
	let [last = 0] = tokens.slice(-1);
	for (let index = 0; index < decodedTokens; index++) {
		last = (await sequence.evaluateNext(last, [])).token ?? last;
	}
	return { prefill: (read - started) / tokens.length, decode: (processorMs() - read) / decodedTokens };
}

function speedOf({ prefill, decode }: Times, first: Times): Speed {
	const ratio = (theirs: readonly number[], ours: readonly number[]): Estimate =>
		estimateMedian(ours.map((time, round) => (theirs[round] ?? NaN) / time));
	return {
		prefill: 1000 / median(prefill),
		decode: median(decode),
		prefillRatio: ratio(first.prefill, prefill),
		decodeRatio: ratio(first.decode, decode),
	};
}

function processorMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}
