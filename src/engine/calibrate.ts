import type { Pace } from '../core/engine/pace';
import { ThreadGovernor } from '../core/engine/threadGovernor';
import type { TokenId } from '../core/prompt/tokenizer';
import type { EngineModel, TokenSequence } from './engineModel';
import { GovernedSequence } from './governedSequence';
import { measurePace, workClock } from './measurePace';

interface Calibrated {
	readonly pace: Pace;
	/** The same, with as many threads as are good for it. */
	readonly sequence: TokenSequence;
}

interface Parts {
	readonly model: Pick<EngineModel, 'device' | 'threads' | 'width' | 'limitThreads'>;
	readonly log: (message: string) => void;
}

/**
 * Measures the pace, and with how many threads to begin. One thread's own time is the same on a busy machine; several wait for
 * each other, and where they take longer than one, others need the processor, or the model is too small to be divided.
 * One thread cannot become fewer, and a graphics card does not wait for the processor's.
 */
export async function calibrate(
	sequence: TokenSequence,
	token: TokenId,
	{ model, log }: Parts,
	clockOf = workClock,
): Promise<Calibrated> {
	const { device, threads, width } = model;
	if (device === 'gpu' || threads === 1) {
		return { sequence, pace: await measurePace(sequence, token, clockOf(model)) };
	}
	const measure = (count: number): Promise<Pace> => {
		model.limitThreads(count);
		return measurePace(sequence, token, clockOf({ device, threads: count }));
	};
	const one = await measure(1);
	const all = await measure(threads);
	const isFaster = all.decode < one.decode;
	const governor = new ThreadGovernor(threads, isFaster ? threads : 1);
	const limit = (most: number, isNew: boolean): void => {
		model.limitThreads(most);
		if (isNew) {
			log(`working with ${most} of ${threads} threads`);
		}
	};
	limit(governor.threads, true);
	const atBest = isFaster ? all : divided(one, threads);
	const governing = { governor, pace: atBest, width, limit, now: () => performance.now() };
	return { pace: isFaster ? all : one, sequence: new GovernedSequence(sequence, governing) };
}

function divided({ prefill, decode, verify }: Pace, threads: number): Pace {
	return { prefill: prefill / threads, decode: decode / threads, verify: verify / threads };
}
