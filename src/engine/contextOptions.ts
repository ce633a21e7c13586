import { largestSlice } from '../core/engine/pace';

/** How the native side opens a KV cache for so many tokens. */
export function contextOptions(capacity: number, threads: number) {
	return {
		contextSize: capacity,
		sequences: 1,
		// One slice is one decode: what is asked for while it runs waits no longer than that.
		batchSize: largestSlice,
		threads,
		// Models with a sliding window: only with the whole cache can tokens be taken back at no cost.
		swaFullCache: true,
	};
}
