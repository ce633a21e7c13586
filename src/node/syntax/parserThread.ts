import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ScopeEnd, SyntaxPlace, SyntaxScope } from '../../core/completion/syntaxScope';
import type { Disposable } from '../../core/util/disposable';
import { errorMessage } from '../../core/util/errorMessage';
import { grammarOf } from './grammars';
import type { FromParser, ParserSettings, ToParser } from './messages';

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

/** In which what waits to be read is read. Milliseconds. */
const graceMs = 100;

/** Without a limit the heap of a thread may grow as the host's; the parser's own memory is bounded by what is opened. */
const heapMb = 128;

/** Asks a thread that parses. It is started when an answer that may have several lines is first asked for where there is a grammar. */
export class ParserThread implements SyntaxScope, Disposable {
	#thread: Worker | undefined;
	#ends = 0;
	#lastId = 0;
	/** Who waits, by question. */
	readonly #waiting = new Map<number, (end: number | undefined) => void>();
	/** Questions that were not answered yet, whoever still waits, and since when nothing was heard. */
	#owed = 0;
	#silentSince = 0;
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
		return says => (thread === this.#thread ? this.#ask(thread, id, says) : Promise.resolve(undefined));
	}

	dispose(): void {
		this.#isDisposed = true;
		this.#end(undefined);
	}

	#running(): Worker | undefined {
		const { hungMs = usualHungMs, entry } = this.options;
		if (this.#owed > 0 && performance.now() - this.#silentSince > hungMs) {
			this.#endIfStillSilent();
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
				this.#hear(answer);
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

	#ask(thread: Worker, id: number, says: string): Promise<number | undefined> {
		const question = ++this.#lastId;
		if (this.#owed === 0) {
			this.#silentSince = performance.now();
		}
		this.#owed++;
		post(thread, { kind: 'end', id, question, says });
		return new Promise(resolve => {
			const timer = setTimeout(() => {
				this.#settle(question, undefined);
			}, this.options.patienceMs);
			this.#waiting.set(question, end => {
				clearTimeout(timer);
				resolve(end);
			});
		});
	}

	#hear({ question, end }: FromParser): void {
		this.#owed--;
		this.#silentSince = performance.now();
		this.#settle(question, end);
	}

	/** If it was this process that stood still, the answer waits to be read. */
	#endIfStillSilent(): void {
		const since = this.#silentSince;
		setTimeout(() => {
			if (this.#owed > 0 && this.#silentSince === since) {
				this.#end('it does not answer');
			}
		}, graceMs).unref();
	}

	#settle(question: number, end: number | undefined): void {
		const tell = this.#waiting.get(question);
		this.#waiting.delete(question);
		tell?.(end);
	}

	/** @param reason why it is a failure. */
	#end(reason: string | undefined): void {
		const thread = this.#thread;
		this.#thread = undefined;
		this.#owed = 0;
		for (const question of [...this.#waiting.keys()]) {
			this.#settle(question, undefined);
		}
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
