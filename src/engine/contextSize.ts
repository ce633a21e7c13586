import type { GgufHeader } from './gguf/ggufHeader';

/** A longer context costs memory and prefill time that ghost text does not repay. Tokens. */
const mostContext = 4096;
/** Enough for what is read in five seconds at 400 tokens a second, and for an answer. Tokens. */
const leastContext = 2048;
/** Size of a number in a key or a value of the KV cache, which holds 16-bit floats. */
const bytesPerNumber = 2;

/**
 * Tokens of context that a model is opened with: no more than it was trained for, and a KV cache of at most half the size of the weights,
 * so that a small model stays small in memory. SmolLM2-135M needs 23 040 bytes a token and gets 2 386.
 */
export function contextSize(header: GgufHeader, { trainedTokens, fileBytes }: ModelSize): number {
	const affordable = Math.floor(fileBytes / 2 / cacheBytesPerToken(header));
	return Math.min(trainedTokens, mostContext, Math.max(leastContext, affordable));
}

interface ModelSize {
	readonly trainedTokens: number;
	readonly fileBytes: number;
}

/** Keys and values of all layers. 1 where the header does not tell, which leaves the context as long as may be. */
function cacheBytesPerToken({ metadata }: GgufHeader): number {
	const architecture = String(metadata.get('general.architecture'));
	const number = (key: string): number | undefined => {
		const value = metadata.get(`${architecture}.${key}`);
		return typeof value === 'number' ? value : undefined;
	};
	const heads = number('attention.head_count') ?? 1;
	const width = (number('embedding_length') ?? 0) / heads;
	const keysAndValues = (number('attention.key_length') ?? width) + (number('attention.value_length') ?? width);
	const layers = number('block_count') ?? 0;
	return Math.max(1, layers * (number('attention.head_count_kv') ?? heads) * keysAndValues * bytesPerNumber);
}
