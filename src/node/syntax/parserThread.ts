import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ScopeEnd, SyntaxPlace, SyntaxScope } from '../../core/completion/syntaxScope';
import type { CodeOutline, Outliner, OutlineSource } from '../../core/explain/codeFacts';
import type { Disposable } from '../../core/util/disposable';
import { errorMessage } from '../../core/util/errorMessage';
import { grammarOf } from './grammars';
import type { FromParser, ParserSettings, ToParser } from './messages';
import { Questions } from './questions';

export interface ParserThreadOptions {
	/** Absolute path of `syntax.cjs`, with the folder `grammars` beside it. */
	readonly entry: string;
	/** Milliseconds that an answer waits for the parser. */
	readonly patienceMs: number;
	readonly onLog: (message: string) => void;
	/** A thread that owes an answer for so long hangs. */
	readonly hungMs?: number;
}

/** Ends of the thread, by itself or because it hung, after which there is no other. */
const mostEnds = 3;

/** Many times what a document and an answer may take, see `longestParseMs` and `longestMs`. */
const usualHungMs = 30_000;

/** Whoever asks for an explanation waits for its outline, as long as parsing may take and a grammar to load. Milliseconds. */
const outlinePatienceMs = 4000;

/** In which what waits to be read is read. Milliseconds. */
const graceMs = 100;

/** Without a limit the heap of a thread may grow as the host's; the parser's own memory is bounded by what is opened. */
const heapMb = 128;

/** Asks a thread that parses. It is started when it is first asked something in a language that has a grammar. */
export class ParserThread implements SyntaxScope, Outliner, Disposable {
	#thread: Worker | undefined;
	#ends = 0;
	#lastId = 0;
	readonly #questions = new Questions();
	#isDisposed = false;

	constructor(private readonly options: ParserThreadOptions) {}

	open({ uri, languageId, prefix, suffix }: SyntaxPlace): ScopeEnd {
		const grammar = grammarOf(languageId);
		const thread = grammar === undefined ? undefined : this.#running();
		if (grammar === undefined || thread === undefined) {
			return () => Promise.resolve(undefined);
		}
		const id = ++this.#lastId;
		post(thread, { kind: 'open', id, uri, grammar, text: prefix + suffix, cursor: prefix.length });
		return async says => {
			if (thread !== this.#thread) {
				return undefined;
			}
			const ask = (question: number): void => {
				post(thread, { kind: 'end', id, question, says });
			};
			return (await this.#questions.ask(ask, this.options.patienceMs))?.end;
		};
	}

	knows(languageId: string): boolean {
		return grammarOf(languageId) !== undefined;
	}

	async outline({ languageId, ...source }: OutlineSource): Promise<CodeOutline | undefined> {
		const grammar = grammarOf(languageId);
		const thread = grammar === undefined ? undefined : this.#running();
		if (grammar === undefined || thread === undefined) {
			return undefined;
		}
		const ask = (question: number): void => {
			post(thread, { kind: 'outline', question, grammar, ...source });
		};
		return (await this.#questions.ask(ask, outlinePatienceMs))?.outline;
	}

	dispose(): void {
		this.#isDisposed = true;
		this.#end(undefined);
	}

	#running(): Worker | undefined {
		const { hungMs = usualHungMs, entry } = this.options;
		const since = this.#questions.silentSince;
		if (since !== undefined && performance.now() - since > hungMs) {
			this.#endIfStillSilent(since);
		}
		const mayStart = !this.#isDisposed && this.#ends < mostEnds;
		// A VSIX without an engine has no parser either; the engine tells of that.
		if (this.#thread === undefined && !(mayStart && existsSync(entry))) {
			return undefined;
		}
		try {
			this.#thread ??= this.#start();
		} catch (error) {
			this.#end(errorMessage(error)); // the system has no thread to spare
		}
		return this.#thread;
	}

	#start(): Worker {
		const { entry } = this.options;
		const workerData: ParserSettings = { grammars: join(dirname(entry), 'grammars') };
		const thread = new Worker(entry, {
			workerData,
			env: {},
			execArgv: [],
			resourceLimits: { maxOldGenerationSizeMb: heapMb },
		});
		const endWith = (reason: string): void => {
			if (thread === this.#thread) {
				this.#end(reason);
			}
		};
		thread.on('message', (answer: FromParser) => {
			if (thread === this.#thread) {
				this.#questions.hear(answer);
			}
		});
		thread.on('error', error => {
			endWith(errorMessage(error));
		});
		thread.on('exit', code => {
			endWith(`exit code ${code}`);
		});
		thread.unref();
		return thread;
	}

	/** If it was this process that stood still, the answer waits to be read. */
	#endIfStillSilent(since: number): void {
		setTimeout(() => {
			if (this.#questions.silentSince === since) {
				this.#end('it does not answer');
			}
		}, graceMs).unref();
	}

	/** @param reason why it is a failure. */
	#end(reason: string | undefined): void {
		const thread = this.#thread;
		this.#thread = undefined;
		this.#questions.giveUp();
		void thread?.terminate();
		if (reason !== undefined) {
			this.#ends++;
			const next =
				this.#ends < mostEnds ? 'is started again when it is needed' : 'stays off until the window is reloaded';
			this.options.onLog(
				`the parser ended (${reason}) and ${next}; until then indentation alone says where answers end`,
			);
		}
	}
}

function post(thread: Worker, message: ToParser): void {
	thread.postMessage(message);
}
