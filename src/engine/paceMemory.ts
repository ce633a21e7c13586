import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import type { Pace } from '../core/engine/pace';
import { errorMessage } from '../core/util/errorMessage';
import { knownPaces, type KnownPaces } from '../protocol/knownPaces';

export interface PaceMemoryOptions {
	/** Absolute path. It is made when something is remembered. */
	readonly file: string;
	/** Digest of the model and of the native build that evaluates it: see `fileDigest.ts`. */
	readonly owner: () => Promise<string>;
	readonly log: (message: string) => void;
}

/** Who tries models keeps the figures of the last ones. */
const mostKnown = 32;

/** How fast each model was on this machine, from one engine to the next: digests and figures, and nothing of the user's. */
export class PaceMemory {
	constructor(private readonly options: PaceMemoryOptions) {}

	/** `undefined` where that model was never measured here, or the file is of no use. */
	async recall(threads: number): Promise<Pace | undefined> {
		return this.#orNothing('read', async () => (await this.#read()).paces[await this.#key(threads)]);
	}

	async remember(threads: number, pace: Pace): Promise<void> {
		await this.#orNothing('written', async () => {
			const key = await this.#key(threads);
			const others = Object.entries((await this.#readOrNothing()).paces).filter(([known]) => known !== key);
			const paces = Object.fromEntries([...others.slice(1 - mostKnown), [key, pace]]);
			await this.#write({ format: 1, paces });
		});
	}

	/** The engine of another window reads the old file or the new one, never half of one. */
	async #write(known: KnownPaces): Promise<void> {
		const { file } = this.options;
		await mkdir(dirname(file), { recursive: true });
		const unfinished = `${file}.${process.pid}`;
		await writeFile(unfinished, JSON.stringify(known, undefined, '\t'));
		await rename(unfinished, file);
	}

	async #read(): Promise<KnownPaces> {
		return knownPaces.parse(JSON.parse(await readFile(this.options.file, 'utf8')));
	}

	async #readOrNothing(): Promise<KnownPaces> {
		return (await this.#orNothing('read', () => this.#read())) ?? { format: 1, paces: {} };
	}

	async #key(threads: number): Promise<string> {
		return `${await this.options.owner()}, ${threads} × ${cpus()[0]?.model ?? 'unknown processor'}`;
	}

	/** A model is of use without it: it is measured then. */
	async #orNothing<T>(done: string, work: () => Promise<T>): Promise<T | undefined> {
		try {
			return await work();
		} catch (error) {
			if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
				this.options.log(`the known paces cannot be ${done}: ${errorMessage(error)}`);
			}
			return undefined;
		}
	}
}
