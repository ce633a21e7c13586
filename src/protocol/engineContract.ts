import * as z from 'zod/mini';
import { engineParts } from '../core/completion/completionEngine';
import { engineStopReasons, type EngineStopReason } from '../core/completion/stopReason';

/**
 * The whole contract between the extension host and the engine process. Both ends are typed from this file,
 * and both validate what they receive with it. Requests are cancelled by id (`$/cancelRequest`).
 */

const count = z.number().check(z.int(), z.minimum(0));
const probability = z.number().check(z.minimum(0), z.maximum(1));

/** Longest text accepted in one field, UTF-16 units. A window of a document is far below it. */
const maxText = 4_000_000;
const text = z.string().check(z.maxLength(maxText));

export const modelRole = z.enum(['complete', 'explain']);
export type ModelRole = z.infer<typeof modelRole>;

/** Properties of a model that the engine finds when it loads it. */
export const modelInfo = z.object({
	/** `general.name` of the GGUF, else its file name. */
	name: text,
	path: text,
	architecture: text,
	/** Id of the fill-in-the-middle family in `core/prompt/fim/families.ts`; `none` when the model cannot complete. */
	family: text,
	/** The prompt format was told by token texts alone, or the family is unknown: quality is not vouched for. */
	verified: z.boolean(),
	canComplete: z.boolean(),
	/** Why not, as a sentence for the user that says what to do. */
	cannotComplete: z.optional(text),
	/** True when the GGUF carries a chat template, or when our own family's weights were trained to explain. */
	canExplain: z.boolean(),
	/** Why not, where the reason is not that it was never meant to; as a sentence for the user that says what to do. */
	cannotExplain: z.optional(text),
	/** Only for a model that explains in one sentence: below this mean probability the sentence is not trusted. */
	sentenceFloor: z.optional(probability),
	/** The model explains in one sentence, which it writes as a comment below the code. */
	explainsByComment: z.optional(z.boolean()),
	contextTokens: count,
	fileBytes: count,
	threads: count,
	device: z.enum(['cpu', 'gpu']),
	loadMs: z.number(),
});
export type ModelInfo = z.infer<typeof modelInfo>;

/** A piece of another file, shown to the model in front of the current file. */
export const contextPiece = z.object({ path: text, text });
export type ContextPiece = z.infer<typeof contextPiece>;

export const completionParams = z.object({
	/** Chosen by the caller, unique while the engine lives; named by `completion/token` events. */
	requestId: count,
	/** Path as the model sees it: relative to the workspace, forward slashes. */
	path: text,
	languageId: text,
	/** Text before and after the cursor: windows of the document, LF line ends. */
	prefix: text,
	suffix: text,
	/** Best first. The engine takes as many as the token budget allows. */
	pieces: z.array(contextPiece).check(z.maxLength(64)),
	/** `line` stops at the end of the line, `block` at the end of the block that the cursor opened. */
	extent: z.enum(['line', 'block']),
	maxTokens: count,
	/** Decoding stops before the first token whose probability falls below this. 0 = never. */
	probabilityFloor: probability,
	/**
	 * Absent: somebody waits for the answer. `ahead`: nobody does yet; it must not cost what the cache holds, or is refused as
	 * cancelled. `settle` and `refresh`: the user rests, for a moment or longer; the prompt may be laid out anew.
	 */
	purpose: z.optional(z.enum(['ahead', 'settle', 'refresh'])),
	/** So many first lines are tried, and the one taken that fits best in front of what stands below. Absent: the likeliest. */
	candidates: z.optional(count.check(z.maximum(32))),
	/** The result is to hold the prompt. For the eyes of who asks why; left out as long as somebody types. */
	wantsPrompt: z.optional(z.boolean()),
	/** To measure what they are worth: completes as if there were no such thing. */
	without: z.optional(z.array(z.enum(engineParts)).check(z.maxLength(engineParts.length))),
});
export type CompletionParams = z.infer<typeof completionParams>;

/** `fromPrior`: the texts of the open files made it the likeliest one; the model alone would have written another. */
export const generatedToken = z.object({ text, probability, fromPrior: z.optional(z.boolean()) });
export type GeneratedToken = z.infer<typeof generatedToken>;

export const stopReason = z.enum(engineStopReasons);
export type StopReason = EngineStopReason;

/** A part of a prompt as the model saw it: a control token by name, or a line of text. `tokens` is its length in tokens. */
export const promptPart = z.object({ kind: z.enum(['control', 'text']), text, tokens: count });
export type PromptPart = z.infer<typeof promptPart>;

export const completionResult = z.object({
	text,
	/** Those of `text`; on `low-probability` also the refused one, which tells whether the text ends within a word. */
	tokens: z.array(generatedToken).check(z.maxLength(4096)),
	stopReason,
	/** The other candidates, best first, where several were asked for. */
	others: z.optional(
		z.array(z.object({ text, tokens: z.array(generatedToken).check(z.maxLength(4096)) })).check(z.maxLength(32)),
	),
	/** Tokens of the whole prompt; of these, how many were already in the KV cache; and how many were evaluated now. */
	promptTokens: count,
	reusedTokens: count,
	evaluatedTokens: count,
	generatedTokens: count,
	prefillMs: z.number(),
	decodeMs: z.number(),
	/** In order, where it was asked for. */
	prompt: z.optional(z.array(promptPart).check(z.maxLength(65_536))),
});
export type CompletionResult = z.infer<typeof completionResult>;

export const chatMessage = z.object({ role: z.enum(['system', 'user']), content: text });
export type ChatMessage = z.infer<typeof chatMessage>;

const chatParams = z.object({
	requestId: count,
	messages: z.array(chatMessage).check(z.minLength(1), z.maxLength(8)),
	maxTokens: count,
});
/** One sentence about the code, by a model that has a `sentenceFloor`. */
const sentenceParams = z.object({ requestId: count, path: text, code: text, maxTokens: count });

/** One sentence as the rest of a comment below the code, by a model that `explainsByComment`. */
const commentParams = z.object({
	requestId: count,
	code: text,
	/** The comment's opening sign and its first words. The sentence continues them. */
	marker: text,
	lead: text,
	/** The number of sentences that are tried. */
	candidates: count.check(z.minimum(1), z.maximum(32)),
	maxTokens: count,
});

export const explanationParams = z.union([chatParams, sentenceParams, commentParams]);
export type ChatParams = z.infer<typeof chatParams>;
export type SentenceParams = z.infer<typeof sentenceParams>;
export type CommentParams = z.infer<typeof commentParams>;
export type ExplanationParams = z.infer<typeof explanationParams>;

/** `gain`: how much likelier the code is below a comment that says it: natural logarithm, a token on average. */
const sentenceCandidate = z.object({ text, gain: z.number() });
export type SentenceCandidate = z.infer<typeof sentenceCandidate>;

export const explanationResult = z.object({
	text,
	/** One per generated token, in order. */
	probabilities: z.array(probability).check(z.maxLength(16_384)),
	stopReason,
	promptTokens: count,
	evaluatedTokens: count,
	generatedTokens: count,
	/** Only for a comment: all sentences that were written, in the order of writing. */
	candidates: z.optional(z.array(sentenceCandidate).check(z.maxLength(32))),
});
export type ExplanationResult = z.infer<typeof explanationResult>;

/** A file that is open; `path` as completions name it, LF line ends. */
export const sharedText = z.object({ id: text, path: text, text });
export type SharedText = z.infer<typeof sharedText>;

/** Method name → shapes of its parameters and of its result. */
export const engineMethods = {
	'model/load': {
		params: z.object({
			role: modelRole,
			path: text,
			/** 0 = the engine decides (physical cores - 1, at least 1). */
			threads: count,
			/** Absolute path of where the engine leaves its KV cache to the next one; without it, it leaves none. */
			cacheFolder: z.optional(text),
			/** Absolute path of what engines remember of the speed of models; without it, each start measures. */
			paceFile: z.optional(text),
		}),
		result: modelInfo,
	},
	'completion/run': { params: completionParams, result: completionResult },
	'explanation/run': { params: explanationParams, result: explanationResult },
	/**
	 * Tells the texts of open files, and which of those told before the engine is to forget. Settles when they are read, which
	 * waits for completions.
	 */
	'texts/share': {
		params: z.object({
			/** Best last: of equals those count that were read last. */
			changed: z.array(sharedText).check(z.maxLength(64)),
			/** Ids. */
			gone: z.array(text).check(z.maxLength(1024)),
		}),
		result: z.object({}),
	},
	/** The heartbeat. Answered between slices of work. Memory is the resident set of the engine process. */
	'engine/ping': { params: z.object({}), result: z.object({ residentBytes: count }) },
} as const;

/** Notifications from the engine to the host. */
export const engineEvents = {
	'completion/token': z.object({ requestId: count, token: generatedToken }),
	'explanation/text': z.object({ requestId: count, text }),
	log: z.object({ level: z.enum(['trace', 'debug', 'info', 'warn', 'error']), message: text }),
} as const;

export type MethodName = keyof typeof engineMethods;
export type Params<M extends MethodName> = z.infer<(typeof engineMethods)[M]['params']>;
export type Result<M extends MethodName> = z.infer<(typeof engineMethods)[M]['result']>;
export type EventName = keyof typeof engineEvents;
export type EventBody<E extends EventName> = z.infer<(typeof engineEvents)[E]>;
