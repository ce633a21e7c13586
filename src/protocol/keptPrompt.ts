import * as z from 'zod/mini';

const id = z.number().check(z.int(), z.minimum(0));

/** Written beside a saved KV cache for the next engine: the cache's owner and the prompt that it holds. */
export const keptPrompt = z.object({
	/** Version of this file's format. */
	format: z.literal(1),
	/** Digest of the model and of what evaluated it: a cache of another one must never be loaded. */
	owner: z.string(),
	/** Digest of the file with the cache. */
	cache: z.string(),
	tokens: z.array(id),
	state: z.object({
		anchor: z.object({ path: z.string(), before: z.string(), after: z.string() }),
		windowStart: z.string(),
	}),
});
