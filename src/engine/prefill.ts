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

/** Brings the KV cache to a prompt, and then perhaps to a longer one, and keeps the books. */
export class Filling {
	#evaluated = 0;
	#readyAt: number | undefined;

	/** @param pause see `prefill`. */
	constructor(
		private readonly sequence: TokenSequence,
		private readonly pause: () => void,
		private readonly slice: number | undefined,
	) {}

	/** @param prompt its last token is evaluated by the caller, but counted here. */
	async fill(prompt: readonly TokenId[]): Promise<void> {
		const reused = await prefill(this.sequence, prompt, this.pause, this.slice);
		this.#evaluated += prompt.length - reused;
		this.#readyAt ??= performance.now();
	}

	/** Counts tokens that were evaluated besides the prompt and the answer. */
	count(tokens: number): void {
		this.#evaluated += tokens;
	}

	/** Tokens; and when the first prompt was in the cache, by `performance.now`. */
	get books(): { readonly evaluated: number; readonly readyAt: number } {
		return { evaluated: this.#evaluated, readyAt: this.#readyAt ?? performance.now() };
	}
}
