import type { Clock } from '../clock/clock';
import type { InfillAnswer, InfillServer } from './infill';
import { ResultCache, type CacheKey } from './resultCache';
import { RingBuffer } from './ringBuffer';

/** llama.vscode 0.0.63's defaults: how much of the file it sends, lines. */
const prefixLines = 256;
const suffixLines = 64;
/** The longest text right of the cursor: with more of it there is no automatic completion. UTF-16 units. */
const longestLineSuffix = 8;
const mostTokens = 128;
const mostPredictMs = 500;
/** One request at a time: a newer one looks this often whether the one before is through. Milliseconds. */
const polling = 150;
/** The cursor has to move this far for the surroundings to be picked into the ring. Lines. */
const pickDistance = 32;
/** How far from the cursor a piece is picked, and how often one moves into the ring once completing has paused. */
const ringScope = 1024;
const ringChunk = 64;
const ringTickMs = 1000;
const ringPauseMs = 3000;

export interface EditorPlace {
	readonly path: string;
	readonly prefix: string;
	readonly suffix: string;
}

export interface Shown {
	readonly text: string;
	/** Found in the cache: the server was not asked. */
	readonly isCached: boolean;
}

export interface LlamaVscodePorts {
	readonly server: InfillServer;
	readonly clock: Clock;
	/** From 0 to 1. */
	random(): number;
	/** `max_parallel_completions`; llama.vscode's default is 3. */
	readonly completions: number;
	/** Where the model does not know when to stop, the benchmark says how many tokens both sides write. */
	readonly mostTokens?: number;
	/** Told what each request cost. */
	onAnswer(answer: InfillAnswer, purpose: 'completion' | 'speculation' | 'ring'): void;
}

/**
 * The request policy of llama.vscode, after its documentation and source: one request at a time and never taken back, a
 * cache, a request ahead for the case that what is shown is accepted, and a ring of extra chunks.
 */
export class LlamaVscode {
	readonly #cache = new ResultCache();
	readonly #ring: RingBuffer;
	#isBusy = false;
	#lastStart = -Infinity;
	#pickedLine = 0;

	constructor(private readonly ports: LlamaVscodePorts) {
		this.#ring = new RingBuffer(() => ports.random());
	}

	/** One call of the editor's provider. `undefined`: nothing is shown. */
	async complete(place: EditorPlace, signal: AbortSignal): Promise<Shown | undefined> {
		this.#lastStart = this.ports.clock.now();
		while (this.#isBusy) {
			await this.ports.clock.sleep(polling);
			if (signal.aborted) {
				return undefined;
			}
		}
		const { key, lineSuffix } = placeKey(place);
		if (lineSuffix.length > longestLineSuffix) {
			return undefined;
		}
		this.#isBusy = true;
		try {
			const known = this.#cache.find(key);
			const contents = known ?? (await this.#ask(key, 'completion'));
			const text = contents[0] ?? '';
			void this.#lookAhead(place, key, text, signal);
			return text.trim() === '' ? undefined : { text, isCached: known !== undefined };
		} finally {
			this.#isBusy = false;
		}
	}

	/** The ring's timer, until the signal aborts. */
	async tick(signal: AbortSignal): Promise<void> {
		for (;;) {
			await this.ports.clock.sleep(ringTickMs);
			if (signal.aborted) {
				return;
			}
			if (this.ports.clock.now() - this.#lastStart > ringPauseMs && this.#ring.advance()) {
				await this.#request({ prefix: '', suffix: '', prompt: '' }, 0, 'ring');
			}
		}
	}

	async #ask(key: CacheKey, purpose: 'completion' | 'speculation'): Promise<readonly string[]> {
		const { contents } = await this.#request(key, this.ports.mostTokens ?? mostTokens, purpose);
		this.#cache.put(key, contents);
		return contents;
	}

	async #request(
		{ prefix, suffix, prompt }: CacheKey,
		tokens: number,
		purpose: 'completion' | 'speculation' | 'ring',
	): Promise<InfillAnswer> {
		const answer = await this.ports.server.infill({
			input_prefix: prefix,
			input_suffix: suffix,
			input_extra: this.#ring.chunks,
			prompt,
			n_predict: tokens,
			t_max_predict_ms: mostPredictMs,
			n_cmpl: purpose === 'ring' ? 1 : this.ports.completions,
		});
		this.ports.onAnswer(answer, purpose);
		return answer;
	}

	/** Behind what is shown, which does not wait for it. It does not count as a request in progress. */
	async #lookAhead(place: EditorPlace, key: CacheKey, shown: string, signal: AbortSignal): Promise<void> {
		await this.ports.clock.sleep(0);
		if (!signal.aborted && shown.trim() !== '' && placeKey(place).lineSuffix.trim() === '') {
			const lines = shown.split('\n');
			const accepted = acceptedKey(key, lines);
			if (this.#cache.find(accepted) === undefined) {
				await this.#ask(accepted, 'speculation');
			}
			if (lines.length > 1) {
				this.#cache.put(acceptedKey(key, [lines[0] ?? '', '']), [lines.slice(1).join('\n')]);
			}
		}
		if (!signal.aborted) {
			this.#pick(place);
		}
	}

	#pick({ path, prefix, suffix }: EditorPlace): void {
		const before = prefix.split('\n');
		const line = before.length - 1;
		if (Math.abs(line - this.#pickedLine) <= pickDistance) {
			return;
		}
		this.#pickedLine = line;
		this.#ring.pick(path, before.slice(Math.max(0, line - ringScope), Math.max(0, line - prefixLines)));
		this.#ring.pick(path, suffix.split('\n').slice(1 + suffixLines, 1 + suffixLines + ringChunk));
	}
}

/** The parts of a place that llama.vscode sends. */
export function placeKey({ prefix, suffix }: EditorPlace): { key: CacheKey; lineSuffix: string } {
	const before = prefix.split('\n');
	const [lineSuffix = '', ...after] = suffix.split('\n');
	const above = before.slice(0, -1).slice(-prefixLines);
	return {
		key: {
			prefix: `${above.join('\n')}\n`,
			suffix: `${lineSuffix}\n${after.slice(0, suffixLines).join('\n')}\n`,
			prompt: before.at(-1) ?? '',
		},
		lineSuffix,
	};
}

/** The place behind `lines`, had they been accepted. */
function acceptedKey({ prefix, suffix, prompt }: CacheKey, lines: readonly string[]): CacheKey {
	const above = [prompt + (lines[0] ?? ''), ...lines.slice(1)];
	return {
		prefix:
			prefix +
			above
				.slice(0, -1)
				.map(line => `${line}\n`)
				.join(''),
		suffix,
		prompt: above.at(-1) ?? '',
	};
}
