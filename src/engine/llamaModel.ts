import { setTimeout } from 'node:timers/promises';
import {
	getLlama,
	InsufficientMemoryError,
	JinjaTemplateChatWrapper,
	LlamaLogLevel,
	NoBinaryFoundError,
	type ControlledEvaluateIndexOutput,
	type ControlledEvaluateInputItem,
	type Llama,
	type LlamaContext,
	type LlamaContextSequence,
	type LlamaModel,
	type Token,
} from 'node-llama-cpp';
import { EngineError } from '../core/engine/engineError';
import type { TokenId } from '../core/prompt/tokenizer';
import { errorMessage } from '../core/util/errorMessage';
import type { ChatMessage } from '../protocol/engineContract';
import { contextOptions } from './contextOptions';
import type { Asked, EngineModel, KeepableSequence, LlamaModelOptions, NextToken } from './engineModel';
import { LoadLog } from './loadFailure';
import { noBinary, outOfMemory, unreadableTemplate } from './nativeErrors';
import { SamplerGarbage } from './samplerGarbage';
import { nextTokensFrom } from './tellAnswer';

/** The only file that knows node-llama-cpp. */

/** How much more slowly a token comes again that was written lately. 1 = not at all; above 1.2 grammar suffers. */
const repeatPenalty = 1.1;

type Answer = ControlledEvaluateIndexOutput['next'];
type GenerateNext = NonNullable<Exclude<ControlledEvaluateInputItem, Token>[1]['generateNext']>;

let llamaPromise: Promise<Llama> | undefined;
/** The native side's log comes a moment after the failure that it explains. Milliseconds. */
const logDelay = 50;
/** Models are loaded one at a time. */
const loadLog = new LoadLog();

/** @throws EngineError `engine-unavailable`, `out-of-memory` or `model-unsupported`. */
export async function loadLlamaModel(options: LlamaModelOptions): Promise<EngineModel> {
	try {
		const llama = await shareLlama(options.log);
		const threads = options.threads === 0 ? Math.max(1, llama.cpuMathCores - 1) : options.threads;
		llama.maxThreads = threads;
		loadLog.clear();
		return new LlamaEngineModel(await llama.loadModel({ modelPath: options.path }), threads, options);
	} catch (error) {
		await setTimeout(logDelay);
		throw asEngineError(options.path, error);
	}
}

/** One for the process. A failed start is not kept. */
function shareLlama(log: (message: string) => void): Promise<Llama> {
	llamaPromise ??= startLlama(log).catch((error: unknown) => {
		llamaPromise = undefined;
		throw error;
	});
	return llamaPromise;
}

/**
 * Only the binaries that are installed; nothing is built or downloaded. The processor does the work except on macOS,
 * whose one binary for Apple silicon has Metal in it.
 */
function startLlama(log: (message: string) => void): Promise<Llama> {
	return getLlama({
		gpu: process.platform === 'darwin' ? 'auto' : false,
		build: 'never',
		skipDownload: true,
		progressLogs: false,
		// Set again when a model is loaded; the default would be at least 4 threads, whatever the machine has.
		maxThreads: 1,
		logLevel: LlamaLogLevel.warn,
		logger: (level, message) => {
			loadLog.hear(message);
			log(`llama.cpp ${level}: ${message.trim()}`);
		},
	});
}

function asEngineError(path: string, error: unknown): EngineError {
	if (error instanceof EngineError) {
		return error;
	}
	if (error instanceof NoBinaryFoundError) {
		return noBinary(error);
	}
	if (error instanceof InsufficientMemoryError) {
		return outOfMemory(path, error);
	}
	return loadLog.failure(path, error);
}

class LlamaEngineModel implements EngineModel {
	readonly device: 'cpu' | 'gpu';
	readonly build: string;

	constructor(
		private readonly model: LlamaModel,
		readonly threads: number,
		private readonly options: LlamaModelOptions,
	) {
		this.device = model.llama.gpu === false ? 'cpu' : 'gpu';
		this.build = `${model.llama.llamaCppRelease.release} ${this.device}`;
	}

	get width(): number {
		return this.model.embeddingVectorSize;
	}

	get trainedTokens(): number {
		return this.model.trainContextSize;
	}

	encode(text: string): readonly TokenId[] {
		return this.model.tokenize(text, false, this.options.addsLeadingSpace ? 'trimLeadingSpace' : undefined);
	}

	decode(tokens: readonly TokenId[], before: readonly TokenId[]): string {
		return this.model.detokenize(toTokens(tokens), false, toTokens(before));
	}

	async openSequence(capacity: number): Promise<KeepableSequence> {
		try {
			// A context never has more threads than there are when it is opened.
			this.limitThreads(this.threads);
			const context = await this.model.createContext(contextOptions(capacity, this.threads));
			return new LlamaTokenSequence(context, token => this.#isEnd(token));
		} catch (error) {
			throw asEngineError(this.options.path, error);
		}
	}

	limitThreads(threads: number): void {
		this.model.llama.maxThreads = threads;
	}

	whyUnreadable(template: string): string | undefined {
		try {
			this.#chatWrapper(template);
			return undefined;
		} catch (error) {
			return errorMessage(error);
		}
	}

	renderChat(
		template: string,
		messages: readonly ChatMessage[],
		encodeText: (text: string) => readonly TokenId[],
	): readonly TokenId[] {
		try {
			const { contextText } = this.#chatWrapper(template).generateContextState({
				chatHistory: [
					...messages.map(({ role, content }) => ({ type: role, text: content })),
					{ type: 'model', response: [] },
				],
			});
			const { tokenizer, tokens } = this.model;
			const rendered = contextText.values.flatMap((value): readonly TokenId[] =>
				typeof value === 'string' ? encodeText(value) : value.tokenize(tokenizer),
			);
			const needsBos = tokens.bos !== null && tokens.shouldPrependBosToken && rendered[0] !== tokens.bos;
			return needsBos ? [tokens.bos, ...rendered] : rendered;
		} catch (error) {
			throw unreadableTemplate(error);
		}
	}

	dispose(): Promise<void> {
		return this.model.dispose();
	}

	/** Tries a conversation. @throws when the template cannot be read, or loses what was said. */
	#chatWrapper(template: string): JinjaTemplateChatWrapper {
		return new JinjaTemplateChatWrapper({ template, tokenizer: this.model.tokenizer, reasoning: false });
	}

	#isEnd(token: Token): boolean {
		return this.model.isEogToken(token) || this.options.isEnd(token);
	}
}

/** A KV cache in llama.cpp. */
class LlamaTokenSequence implements KeepableSequence {
	readonly capacity: number;
	readonly #sequence: LlamaContextSequence;
	readonly #garbage = new SamplerGarbage();

	constructor(
		private readonly context: LlamaContext,
		private readonly isEnd: (token: Token) => boolean,
	) {
		this.capacity = context.contextSize;
		this.#sequence = context.getSequence();
	}

	get held(): readonly TokenId[] {
		return this.#sequence.contextTokens;
	}

	async keepCommonPrefix(tokens: readonly TokenId[]): Promise<number> {
		await this.#sequence.adaptStateToTokens(toTokens(tokens), false);
		return this.#sequence.nextTokenIndex;
	}

	evaluate(tokens: readonly TokenId[]): Promise<void> {
		return this.#garbage.after(this.#sequence.evaluateWithoutGeneratingNewTokens(toTokens(tokens)));
	}

	async evaluateNext(token: TokenId, penalised: readonly TokenId[]): Promise<NextToken> {
		const punishTokens = toTokens(penalised);
		const repetition = punishTokens.length > 0 && { repeatPenalty: { punishTokens, penalty: repeatPenalty } };
		const answer = await this.#next(token, { options: { temperature: 0, ...repetition } });
		return this.#tell(answer)[0] ?? { token: undefined, probability: 0 };
	}

	async evaluateAmong(asked: readonly Asked[]): Promise<readonly (readonly NextToken[])[]> {
		const outputs = await this.#nextAfter(
			asked.map(({ token, others }) => {
				const logits = { filter: { tokens: toTokens(others), includeSelected: true } };
				return [token, { options: { temperature: 0 }, ...(others.length > 0 && { logits }) }];
			}),
		);
		return outputs.map(output =>
			this.#tell(output).toSorted((a, b) => Number(b.token === output.token) - Number(a.token === output.token)),
		);
	}

	/** The sampler picks the most probable ones out; asked for without it, the native side sorts the whole vocabulary. */
	async evaluateTop(token: TokenId, count: number): Promise<readonly NextToken[]> {
		const options = { temperature: 1, topK: count, topP: 1, minP: 0 };
		return this.#tell(await this.#next(token, { options, logits: { filter: { tokens: [], includeTop: count } } }));
	}

	async #next(token: TokenId, generateNext: GenerateNext): Promise<Answer> {
		return (await this.#nextAfter([[token, generateNext]]))[0] ?? {};
	}

	async #nextAfter(asked: readonly (readonly [TokenId, GenerateNext])[]): Promise<readonly Answer[]> {
		const inputs = asked.map(([token, generateNext]): ControlledEvaluateInputItem => [
			token as Token,
			{ generateNext: { token: true, totalLogitWeight: true, ...generateNext } },
		]);
		const outputs = await this.#garbage.after(this.#sequence.controlledEvaluate(inputs));
		return outputs.map(output => output?.next ?? {});
	}

	#tell(answer: Answer): readonly NextToken[] {
		return nextTokensFrom(answer, token => this.isEnd(token as Token));
	}

	async save(file: string): Promise<void> {
		await this.#sequence.saveStateToFile(file);
	}

	restore(file: string): Promise<void> {
		return this.#sequence.loadStateFromFile(file, { acceptRisk: true });
	}

	dispose(): Promise<void> {
		return this.context.dispose();
	}
}

/** Ids are plain numbers everywhere else; node-llama-cpp brands them. */
function toTokens(ids: readonly TokenId[]): Token[] {
	return ids as Token[];
}
