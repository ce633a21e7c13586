import { createHash } from 'node:crypto';

/** The number of entries that llama.vscode keeps (`max_cache_keys`). */
const capacity = 250;

export interface CacheKey {
	readonly prefix: string;
	readonly suffix: string;
	/** The cursor's line up to the cursor. */
	readonly prompt: string;
}

/** llama.vscode's cache of completions: least recently used go first, found by hash, walked back within the line. */
export class ResultCache {
	readonly #entries = new Map<string, readonly string[]>();

	put(key: CacheKey, completions: readonly string[]): void {
		const hash = hashOf(key);
		this.#entries.delete(hash);
		this.#entries.set(hash, completions);
		const [oldest] = this.#entries.keys();
		if (this.#entries.size > capacity && oldest !== undefined) {
			this.#entries.delete(oldest);
		}
	}

	/** The results for this place, or for an earlier one in the line if the text typed since agrees. */
	find(key: CacheKey): readonly string[] | undefined {
		for (let length = key.prompt.length; length >= 0; length--) {
			const typed = key.prompt.slice(length);
			const known = this.#get({ ...key, prompt: key.prompt.slice(0, length) });
			const rest = known?.flatMap(text =>
				text.startsWith(typed) && text.length > typed.length ? [text.slice(typed.length)] : [],
			);
			if (rest !== undefined && rest.length > 0) {
				return rest;
			}
		}
		return undefined;
	}

	#get(key: CacheKey): readonly string[] | undefined {
		const hash = hashOf(key);
		const known = this.#entries.get(hash);
		if (known !== undefined) {
			this.#entries.delete(hash);
			this.#entries.set(hash, known);
		}
		return known;
	}
}

function hashOf({ prefix, suffix, prompt }: CacheKey): string {
	return createHash('sha256').update(`${prefix}|${suffix}|${prompt}`).digest('hex');
}
