import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Evaluations between two collections. With a vocabulary of 151 936 tokens their tables take 15 MB. */
const mostUncollected = 8;

type Collect = (options: { readonly type: 'minor' }) => void;

/**
 * For each evaluation node-llama-cpp makes a sampler with a table of the whole vocabulary, 12 bytes a token, which goes when
 * the garbage collector finds the sampler's shell. To the collector the shell is a few bytes, so it does not hurry:
 * hundreds of megabytes gathered, and every new table had to be fetched from the system page by page.
 */
export class SamplerGarbage {
	#uncollected = 0;
	readonly #collect = findCollector();

	/** Collects after an evaluation, if it is time to. */
	async after<T>(evaluation: Promise<T>): Promise<T> {
		const result = await evaluation;
		this.#uncollected++;
		if (this.#uncollected >= mostUncollected) {
			this.#uncollected = 0;
			this.#collect?.({ type: 'minor' });
		}
		return result;
	}
}

/** V8 shows its collector only to contexts that are made after it was told to. `undefined` where it does not do so. */
function findCollector(): Collect | undefined {
	setFlagsFromString('--expose-gc');
	const found: unknown = runInNewContext('globalThis.gc');
	return typeof found === 'function' ? (found as Collect) : undefined;
}
