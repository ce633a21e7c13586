import * as z from 'zod/mini';

const milliseconds = z.number().check(z.nonnegative());

/** How fast models were on this machine when they were last measured, by what tells one model, build and processor from another. */
export const knownPaces = z.object({
	/** Version of this file's format. */
	format: z.literal(1),
	/** Milliseconds a token, as `Pace` has them. Newest last. */
	paces: z.record(z.string(), z.object({ prefill: milliseconds, decode: milliseconds, verify: milliseconds })),
});
export type KnownPaces = z.infer<typeof knownPaces>;
