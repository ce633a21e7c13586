import { largestSlice } from '../core/engine/pace';
import type { TokenId } from '../core/prompt/tokenizer';
import type { TokenSequence } from './engineModel';

/**
 * Brings the KV cache to `prompt` without its last token, reusing what it holds already. Finished slices stay valid
 * when it is abandoned half-way.
 * @param pause called before each slice; throws to abandon.
 * @param slice tokens in one native call.
 * @returns how many tokens of the prompt were in the cache already.
 */
export async function prefill(
	sequence: TokenSequence,
	prompt: readonly TokenId[],
	pause: () => Promise<void> | void,
	slice = largestSlice,
): Promise<number> {
	const wanted = prompt.slice(0, -1);
	await pause();
	const reused = await sequence.keepCommonPrefix(wanted);
	for (let start = reused; start < wanted.length; start += slice) {
		await pause();
		await sequence.evaluate(wanted.slice(start, start + slice));
	}
	return reused;
}
