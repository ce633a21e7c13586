import type { Pace } from '../core/engine/pace';
import { ThreadGovernor } from '../core/engine/threadGovernor';
import type { TokenId } from '../core/prompt/tokenizer';
import type { EngineModel, TokenSequence } from './engineModel';
import { GovernedSequence } from './governedSequence';
import { measurePace, workClock } from './measurePace';
import type { PaceMemory } from './paceMemory';

interface Calibrated {
	readonly pace: Pace;
	/** The same, with as many threads as are good for it. */
	readonly sequence: TokenSequence;
}

interface Parts {
	readonly model: Pick<EngineModel, 'device' | 'threads' | 'width' | 'limitThreads'>;
	readonly log: (message: string) => void;
	readonly paces?: Pick<PaceMemory, 'recall' | 'remember'> | undefined;
}

interface Clocks {
	/** Measures the time of the work alone, with the model's number of threads. Milliseconds. */
	readonly work: (parts: Pick<EngineModel, 'device' | 'threads'>) => () => number;
	readonly wall: () => number;
}

const clocks: Clocks = { work: workClock, wall: () => performance.now() };

/** Several threads that take so many times as long for a token as one works on it: others need the processor, and the other calls are not waited for. */
const hopeless = 4;
/** Where one takes next to nothing, making the threads is no sign of others. Milliseconds. */
const startOfThreads = 20;

/**
 * Measures the pace, unless it is known from an earlier start, and with how many threads to begin. One thread's own time is
 * the same on a busy machine; several wait for each other, and where they take longer than one, others need the processor,
 * or the model is too small to be divided. One thread cannot become fewer, and a graphics card does not wait for the processor's.
 */
export async function calibrate(
	sequence: TokenSequence,
	token: TokenId,
	{ model, log, paces }: Parts,
	{ work, wall } = clocks,
): Promise<Calibrated> {
	const { device, threads, width } = model;
	const paceWith = async (count: number): Promise<Pace> => {
		const known = await paces?.recall(count);
		const pace = await measurePace(sequence, token, work({ device, threads: count }), known);
		if (pace !== known) {
			await paces?.remember(count, pace);
		}
		return pace;
	};
	if (device === 'gpu' || threads === 1) {
		return { sequence, pace: await paceWith(threads) };
	}
	model.limitThreads(1);
	const one = await paceWith(1);
	model.limitThreads(threads);
	const wait = await timeOfOne(sequence, token, wall);
	const isHopeless = wait > hopeless * one.decode + startOfThreads;
	const all = isHopeless ? undefined : await paceWith(threads);
	const faster = all !== undefined && all.decode < one.decode ? all : undefined;
	const governor = new ThreadGovernor(threads, faster === undefined ? 1 : threads);
	const limit = (most: number, isNew: boolean): void => {
		model.limitThreads(most);
		if (isNew) {
			log(`working with ${most} of ${threads} threads`);
		}
	};
	limit(governor.threads, true);
	const governing = { governor, pace: faster ?? divided(one, threads), width, limit, now: wall };
	return { pace: faster ?? one, sequence: new GovernedSequence(sequence, governing) };
}

async function timeOfOne(sequence: TokenSequence, token: TokenId, now: () => number): Promise<number> {
	const start = now();
	await sequence.evaluateNext(token, []);
	const took = now() - start;
	await sequence.keepCommonPrefix([]);
	return took;
}

function divided({ prefill, decode, verify }: Pace, threads: number): Pace {
	return { prefill: prefill / threads, decode: decode / threads, verify: verify / threads };
}
