import { isSuffixStillValid } from '../prompt/frozenSuffix';
import { abortable } from '../util/abortable';
import type { Disposable } from '../util/disposable';
import type { CompletionAnswer, CompletionEngine, CompletionQuery, Written, WrittenToken } from './completionEngine';

export interface StreamingEngine {
	/** @param onToken told each token of the answer as it comes. */
	complete(
		query: CompletionQuery,
		signal: AbortSignal,
		onToken: (token: WrittenToken) => void,
	): Promise<CompletionAnswer>;
}

interface Run {
	readonly query: CompletionQuery;
	readonly answer: Promise<CompletionAnswer>;
	readonly cancel: AbortController;
	/** The text and tokens that the model has written so far. */
	readonly said: { text: string; readonly tokens: WrittenToken[] };
	/** Called at each token. */
	readonly listeners: Set<() => void>;
	isDone: boolean;
	waiting: number;
	linger: Disposable | undefined;
}

/**
 * Lets a request that follows from the one before by typing take its answer over. The editor cancels at each key, but
 * where the model has already written what was then typed, its work is the work that is needed: a cancelled request
 * lingers until the next one comes, which joins it or ends it. Work that nobody waits for gives way to all other.
 */
export class JoiningEngine implements CompletionEngine {
	#run: Run | undefined;

	/** @param later calls back when a request that nobody waits for has lingered long enough, unless disposed of. */
	constructor(
		private readonly engine: StreamingEngine,
		private readonly later: (callback: () => void) => Disposable,
	) {}

	/** Rejects with an AbortError, too, what has a `purpose`, or wants the prompt, while something else is at work. */
	async complete(
		query: CompletionQuery,
		signal: AbortSignal,
		onProgress?: (soFar: Written) => void,
	): Promise<CompletionAnswer> {
		signal.throwIfAborted();
		const canWait = query.purpose !== undefined || query.wantsPrompt === true;
		if (canWait && this.#run?.isDone === false) {
			throw new DOMException('The engine has something else to do.', 'AbortError');
		}
		const run = this.#run;
		const typed = run === undefined ? undefined : typedMeanwhile(run, query);
		if (run !== undefined && typed !== undefined) {
			const rest = await this.#rest(run, typed, signal, onProgress);
			if (rest !== undefined) {
				return rest;
			}
		}
		return this.#wait(this.#start(query), '', signal, onProgress);
	}

	/** Begins on what will be asked for in a moment, unless it is being written already. */
	begin(query: CompletionQuery): void {
		const current = this.#run;
		const run = current !== undefined && typedMeanwhile(current, query) !== undefined ? current : this.#start(query);
		this.#linger(run);
	}

	/** The answer of `run` after `typed`; `undefined` when it cannot be used. */
	async #rest(
		run: Run,
		typed: string,
		signal: AbortSignal,
		onProgress?: (soFar: Written) => void,
	): Promise<CompletionAnswer | undefined> {
		try {
			return withoutTyped(await this.#wait(run, typed, signal, onProgress), typed);
		} catch (error) {
			if (run.query.purpose === undefined || signal.aborted) {
				throw error;
			}
			return undefined; // The look-ahead may be refused: then the text has to be requested.
		}
	}

	#start(query: CompletionQuery): Run {
		if (this.#run !== undefined) {
			this.#drop(this.#run);
		}
		const cancel = new AbortController();
		const said: Run['said'] = { text: '', tokens: [] };
		const listeners: Run['listeners'] = new Set();
		const answer = this.engine.complete(query, cancel.signal, token => {
			said.text += token.text;
			said.tokens.push(token);
			for (const listener of listeners) {
				listener();
			}
		});
		const run: Run = { query, answer, cancel, said, listeners, isDone: false, waiting: 0, linger: undefined };
		this.#run = run;
		answer.then(
			() => {
				run.isDone = true;
				// An answer that nobody waited for is what the next request may want.
				if (run.waiting > 0) {
					this.#drop(run);
				}
			},
			() => {
				this.#drop(run);
			},
		);
		return run;
	}

	async #wait(
		run: Run,
		typed: string,
		signal: AbortSignal,
		onProgress: (soFar: Written) => void = () => undefined,
	): Promise<CompletionAnswer> {
		const listener = (): void => {
			const soFar = withoutTyped(run.said, typed);
			if (soFar !== undefined) {
				onProgress(soFar);
			}
		};
		run.linger?.dispose();
		run.waiting++;
		run.listeners.add(listener);
		try {
			return await abortable(run.answer, signal);
		} finally {
			run.listeners.delete(listener);
			run.waiting--;
			if (run.isDone) {
				this.#drop(run);
			} else {
				this.#linger(run);
			}
		}
	}

	/** Keeps it for a moment where nobody waits for it. */
	#linger(run: Run): void {
		if (run.waiting === 0 && this.#run === run) {
			run.linger?.dispose();
			run.linger = this.later(() => {
				this.#drop(run);
			});
		}
	}

	/** Ends it where it still runs. */
	#drop(run: Run): void {
		run.linger?.dispose();
		run.cancel.abort();
		if (this.#run === run) {
			this.#run = undefined;
		}
	}
}

/** The text typed since `run` began, where the model has written the same; `undefined` where the run cannot be used. */
function typedMeanwhile({ query: then, said }: Run, now: CompletionQuery): string | undefined {
	const isSame =
		then.path === now.path &&
		then.languageId === now.languageId &&
		then.extent === now.extent &&
		then.maxTokens === now.maxTokens &&
		then.candidates === now.candidates &&
		then.probabilityFloor === now.probabilityFloor &&
		then.wantsPrompt === now.wantsPrompt;
	if (!isSame || !now.prefix.startsWith(then.prefix) || !isSuffixStillValid(then.suffix, now.suffix)) {
		return undefined;
	}
	const typed = now.prefix.slice(then.prefix.length);
	return said.text.startsWith(typed) ? typed : undefined;
}

/** The answer as if it had been requested after `typed`; `undefined` when it differs from `typed` or ends with it. */
function withoutTyped<T extends Written>(answer: T, typed: string): T | undefined {
	if (typed === '') {
		return answer;
	}
	if (!answer.text.startsWith(typed) || answer.text.length === typed.length) {
		return undefined;
	}
	let left = typed.length;
	const tokens = answer.tokens.flatMap(token => {
		const text = token.text.slice(left);
		left = Math.max(0, left - token.text.length);
		return text === '' ? [] : [{ ...token, text }];
	});
	return { ...answer, text: answer.text.slice(typed.length), tokens };
}
