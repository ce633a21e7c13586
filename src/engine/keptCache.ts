import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keptPrompt } from '../protocol/keptPrompt';
import type { KeepableSequence } from './engineModel';
import { fileDigest } from './fileDigest';
import type { LaidOut } from './promptKeeper';
import { errorMessage } from '../core/util/errorMessage';

export interface KeptCacheOptions {
	/** Absolute path. It is made when something is kept, for this user only. */
	readonly folder: string;
	/** Digest of the model and of the native build that evaluates it: see `fileDigest.ts`. Computed only when it is needed. */
	readonly owner: () => Promise<string>;
	readonly log: (message: string) => void;
}

/**
 * Keeps the KV cache of one engine for the next, with the layout of the prompt that it holds, so that the first prompt
 * after a start continues where the last one ended. Both are the user's text in other forms. They are deleted when they are taken, and so
 * is a cache that a killed engine left half written. A cache that is damaged, or that another model left, is not loaded.
 */
export class KeptCache {
	readonly #prompt: string;
	readonly #cache: string;

	constructor(private readonly options: KeptCacheOptions) {
		this.#prompt = join(options.folder, 'prompt.json');
		this.#cache = join(options.folder, 'cache.bin');
	}

	/** The prompt is written last: a cache without it is not loaded. */
	async leave(sequence: KeepableSequence, laidOut: LaidOut): Promise<void> {
		await this.forget();
		await mkdir(this.options.folder, { recursive: true });
		await chmod(this.options.folder, 0o700);
		await sequence.save(this.#cache);
		await chmod(this.#cache, 0o600);
		const [owner, cache] = await Promise.all([this.options.owner(), fileDigest(this.#cache)]);
		await writeFile(this.#prompt, JSON.stringify({ format: 1, owner, cache, ...laidOut }), { mode: 0o600 });
	}

	/** Fills the sequence. `undefined` where there is nothing to go on from, and then the sequence is empty. */
	async take(sequence: KeepableSequence): Promise<LaidOut | undefined> {
		try {
			const kept = await this.#read();
			if (kept !== undefined) {
				// If native code should die of it, then once and not at each start.
				await rm(this.#prompt);
				await sequence.restore(this.#cache);
			}
			return kept;
		} catch (error) {
			this.#log('the kept cache is of no use', error);
			await sequence.keepCommonPrefix([]);
			return undefined;
		} finally {
			await this.forget();
		}
	}

	/** Never throws: a model is of use without it. */
	async forget(): Promise<void> {
		for (const path of [this.#prompt, this.#cache]) {
			await rm(path, { force: true }).catch((error: unknown) => {
				this.#log('what was kept cannot be deleted', error);
			});
		}
	}

	#log(what: string, error: unknown): void {
		this.options.log(`${what}: ${errorMessage(error)}`);
	}

	async #read(): Promise<LaidOut | undefined> {
		const text = await readFile(this.#prompt, 'utf8').catch(whereThereIsNone);
		if (text === undefined) {
			return undefined;
		}
		const { owner, cache, tokens, state } = keptPrompt.parse(JSON.parse(text));
		if (owner !== (await this.options.owner())) {
			throw new Error('another model left it');
		}
		if (cache !== (await fileDigest(this.#cache))) {
			throw new Error('it is damaged');
		}
		return { tokens, state };
	}
}

function whereThereIsNone(error: unknown): undefined {
	if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
		throw error;
	}
}
