import { staysTrue } from '../prompt/frozenSuffix';
import { abortable } from '../util/abortable';
import type { Disposable } from '../util/disposable';
import type { CompletionAnswer, CompletionEngine, CompletionQuery } from './completionEngine';

export interface StreamingEngine {
	/** @param onText told each piece of the answer as it comes. */
	complete(query: CompletionQuery, signal: AbortSignal, onText: (text: string) => void): Promise<CompletionAnswer>;
}

interface Run {
	readonly query: CompletionQuery;
	readonly answer: Promise<CompletionAnswer>;
	readonly cancel: AbortController;
	/** What the model has said so far. */
	readonly said: { text: string };
	waiting: number;
	linger: Disposable | undefined;
}

/**
 * Lets a request that follows from the one before by typing take its answer over. The editor cancels at each key, but
 * where the model has already written what was then typed, its work is the work that is needed: a cancelled request
 * lingers until the next one comes, which joins it or ends it.
 */
export class JoiningEngine implements CompletionEngine {
	#run: Run | undefined;

	/** @param later calls back when a cancelled request has lingered long enough, unless disposed of. */
	constructor(
		private readonly engine: StreamingEngine,
		private readonly later: (callback: () => void) => Disposable,
	) {}

	async complete(query: CompletionQuery, signal: AbortSignal): Promise<CompletionAnswer> {
		signal.throwIfAborted();
		const run = this.#run;
		const typed = run === undefined ? undefined : typedMeanwhile(run, query);
		if (run !== undefined && typed !== undefined) {
			const rest = withoutTyped(await this.#wait(run, signal), typed);
			if (rest !== undefined) {
				return rest;
			}
		}
		return this.#wait(this.#start(query), signal);
	}

	#start(query: CompletionQuery): Run {
		if (this.#run !== undefined) {
			this.#drop(this.#run);
		}
		const cancel = new AbortController();
		const said = { text: '' };
		const answer = this.engine.complete(query, cancel.signal, text => {
			said.text += text;
		});
		const run: Run = { query, answer, cancel, said, waiting: 0, linger: undefined };
		this.#run = run;
		answer.then(
			() => {
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

	async #wait(run: Run, signal: AbortSignal): Promise<CompletionAnswer> {
		run.linger?.dispose();
		run.waiting++;
		try {
			return await abortable(run.answer, signal);
		} finally {
			run.waiting--;
			if (run.waiting === 0 && this.#run === run) {
				run.linger = this.later(() => {
					this.#drop(run);
				});
			}
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

/** What was typed since `run` was asked, where the model has written the same; `undefined` where it is of no use. */
function typedMeanwhile({ query: then, said }: Run, now: CompletionQuery): string | undefined {
	const isSame =
		then.path === now.path &&
		then.languageId === now.languageId &&
		then.extent === now.extent &&
		then.maxTokens === now.maxTokens &&
		then.probabilityFloor === now.probabilityFloor &&
		then.wantsPrompt === now.wantsPrompt;
	if (!isSame || !now.prefix.startsWith(then.prefix) || !staysTrue(then.suffix, now.suffix)) {
		return undefined;
	}
	const typed = now.prefix.slice(then.prefix.length);
	return said.text.startsWith(typed) ? typed : undefined;
}

/** The answer as if it had been asked for behind `typed`; `undefined` when it says something else, or no more. */
function withoutTyped(answer: CompletionAnswer, typed: string): CompletionAnswer | undefined {
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
