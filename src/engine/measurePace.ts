import type { Pace } from '../core/engine/pace';
import type { TokenId } from '../core/prompt/tokenizer';
import type { TokenSequence } from './engineModel';

/** The best of so many counts: other processes make work slower, never faster. */
const tries = 3;
/** Tokens read at once: what a key press and a half-typed line need, and little to wait for with a slow model. */
const sliceTokens = 16;

/**
 * Measures while it warms up: the first evaluation allocates and pages in the weights, and is not counted. Leaves the KV
 * cache empty. Speed does not depend on what the tokens are.
 */
export async function measurePace(
	sequence: TokenSequence,
	token: TokenId,
	now: () => number = () => performance.now(),
): Promise<Pace> {
	const best = async (work: () => Promise<unknown>): Promise<number> => {
		let least = Infinity;
		for (let count = 0; count < tries; count++) {
			const start = now();
			await work();
			least = Math.min(least, now() - start);
		}
		return least;
	};
	await sequence.evaluateNext(token, []);
	const slice = Array.from({ length: sliceTokens }, () => token);
	const prefill = (await best(() => sequence.evaluate(slice))) / sliceTokens;
	const decode = await best(() => sequence.evaluateNext(token, []));
	await sequence.keepCommonPrefix([]);
	return { prefill, decode };
}
