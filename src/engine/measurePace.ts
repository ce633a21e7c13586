import { longestDraft } from '../core/engine/draftGauge';
import type { Pace } from '../core/engine/pace';
import type { TokenId } from '../core/prompt/tokenizer';
import type { EngineModel, TokenSequence } from './engineModel';

/** The best of so many counts: other processes make work slower, never faster. */
const tries = 3;
/** No more tries after that: a load is waited for. Milliseconds. */
const longest = 500;
/** Tokens read at once: what a key press and a half-typed line need, and little to wait for with a slow model. */
export const paceSlice = 16;

/** A machine whose pace differs by more from what is known of it works otherwise now: on its battery, or with another clock rate. */
const tolerance = 1.5;

/**
 * Measures while it warms up: the first evaluation allocates and pages in the weights, and is not counted. Leaves the KV
 * cache empty. Speed does not depend on what the tokens are.
 * @param now milliseconds, see `workClock`.
 * @param known from an earlier start: one more token tells whether it still holds, and then it is what is returned.
 */
export async function measurePace(
	sequence: TokenSequence,
	token: TokenId,
	now: () => number,
	known?: Pace,
): Promise<Pace> {
	const best = async (work: () => Promise<unknown>): Promise<number> => {
		let least = Infinity;
		const begun = now();
		for (let count = 0; count < tries && now() - begun <= longest; count++) {
			const start = now();
			await work();
			least = Math.min(least, now() - start);
		}
		return least;
	};
	await sequence.evaluateNext(token, []);
	if (known !== undefined && (await stillHolds(known, now, () => sequence.evaluateNext(token, [])))) {
		await sequence.keepCommonPrefix([]);
		return known;
	}
	const slice = Array.from({ length: paceSlice }, () => token);
	const prefill = (await best(() => sequence.evaluate(slice))) / paceSlice;
	const decode = await best(() => sequence.evaluateNext(token, []));
	const draft = Array.from({ length: 1 + longestDraft }, () => ({ token, others: [] }));
	const verify = await best(() => sequence.evaluateAmong(draft));
	await sequence.keepCommonPrefix([]);
	return { prefill, decode, verify };
}

/** Work that was disturbed takes longer, so one of a few that is as fast as it was known to be will do. */
async function stillHolds({ decode }: Pace, now: () => number, write: () => Promise<unknown>): Promise<boolean> {
	for (let count = 0; count < tries; count++) {
		const start = now();
		await write();
		const times = (now() - start) / decode;
		if (times <= tolerance) {
			return times >= 1 / tolerance;
		}
	}
	return false;
}

/**
 * The time that a model's work takes where nothing else runs. On the processor it is processor time, because the load while a
 * model is loaded says nothing about later, and the longest prompt must not depend on it.
 */
export function workClock({ device, threads }: Pick<EngineModel, 'device' | 'threads'>): () => number {
	if (device === 'gpu') {
		return () => performance.now();
	}
	return () => {
		const { user, system } = process.cpuUsage();
		return (user + system) / 1000 / threads;
	};
}
