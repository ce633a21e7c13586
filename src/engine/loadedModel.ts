import { EngineError } from '../core/engine/engineError';
import { limitsOf } from '../core/engine/pace';
import type { PromptFormat } from '../core/prompt/fim/detectFormat';
import type { OpenTexts } from '../core/prior/openTexts';
import { priorTrust } from '../core/prior/priorWeights';
import type { SentenceFormat } from '../core/prompt/sentenceFormat';
import type { TokenId, Tokenizer } from '../core/prompt/tokenizer';
import type {
	CompletionParams,
	CompletionResult,
	ExplanationParams,
	ExplanationResult,
	GeneratedToken,
	ModelInfo,
	ModelRole,
} from '../protocol/engineContract';
import { calibrate } from './calibrate';
import { CommentExplainer } from './commentExplainer';
import { Completer } from './completer';
import { Drafter } from './drafter';
import type { EngineModel, KeepableSequence } from './engineModel';
import { Explainer } from './explainer';
import type { KeptCache } from './keptCache';
import { LatestOnly } from './latestOnly';
import type { PaceMemory } from './paceMemory';
import type { Turns } from './turns';

interface Parts {
	readonly model: EngineModel;
	readonly format: PromptFormat;
	readonly sentence: SentenceFormat | undefined;
	/** The chat template; `undefined` for a model that does not chat. */
	readonly template: string | undefined;
	/** It explains in one sentence, as a comment. */
	readonly byComment: boolean;
	readonly tokenizer: Tokenizer;
	readonly turns: Turns;
	readonly texts: OpenTexts;
	readonly log: (message: string) => void;
	/** Where the cache for completing comes from and is left, if the user wants that. */
	readonly kept?: KeptCache | undefined;
	/** Paces that earlier engines measured, where they are kept. */
	readonly paces?: PaceMemory | undefined;
	/** Names of the control tokens. */
	readonly controlNames: ReadonlyMap<TokenId, string>;
}

type Explaining = Pick<Explainer, 'run'>;

/** Code that a sentence can be about, the comment below it, and room for a tokeniser that is worse than most. */
const commentContext = 1536;

interface Completing {
	readonly completer: Completer;
	/** The sequence that the completer uses. */
	readonly opened: KeepableSequence;
}

/** Weights in memory and what is done with them: one KV cache for completing, one for explaining, made when needed. */
export class LoadedModel {
	readonly #completions = new LatestOnly();
	readonly #explanations = new LatestOnly();
	#completer: Promise<Completing> | undefined;
	#explainer: Promise<Explaining> | undefined;

	constructor(
		readonly info: Omit<ModelInfo, 'loadMs'>,
		private readonly parts: Parts,
	) {}

	/** Makes the first completion as fast as the later ones. Explaining is asked for rarely: it is not prepared. */
	async prepare(role: ModelRole): Promise<void> {
		if (role === 'complete' && this.info.canComplete) {
			await this.#completing();
		}
	}

	/** @throws EngineError `model-cannot-complete`; an AbortError when cancelled or when a newer one took over. */
	complete(
		params: CompletionParams,
		signal: AbortSignal,
		onToken: (token: GeneratedToken) => void,
	): Promise<CompletionResult> {
		const run = async (latest: AbortSignal): Promise<CompletionResult> =>
			(await this.#completing()).completer.run(params, latest, onToken);
		return this.parts.turns.completion(() => this.#completions.run(run, signal));
	}

	/** @throws EngineError `model-cannot-explain`; an AbortError when cancelled or when a newer one took over. */
	explain(params: ExplanationParams, signal: AbortSignal, onText: (text: string) => void): Promise<ExplanationResult> {
		const { turns } = this.parts;
		const run = async (latest: AbortSignal): Promise<ExplanationResult> =>
			(await this.#explaining()).run(params, () => turns.free(latest), onText);
		return this.#explanations.run(run, signal);
	}

	/** Ends completing, and leaves the cache to the next engine, where that is wanted. */
	async leave(): Promise<void> {
		const { kept } = this.parts;
		if (kept === undefined || this.#completer === undefined) {
			return;
		}
		await this.#completions.close();
		const { completer, opened } = await this.#completer;
		if (completer.laidOut !== undefined) {
			await kept.leave(opened, completer.laidOut);
		}
	}

	/** Ends what runs, then frees the memory. */
	async dispose(): Promise<void> {
		await Promise.all([this.#completions.close(), this.#explanations.close()]);
		await this.parts.model.dispose();
	}

	/** Opened once; a failure is not kept, since memory may be free the next time. */
	#completing(): Promise<Completing> {
		this.#completer ??= this.#openCompleter().catch((error: unknown) => {
			this.#completer = undefined;
			throw error;
		});
		return this.#completer;
	}

	#explaining(): Promise<Explaining> {
		this.#explainer ??= this.#openExplainer().catch((error: unknown) => {
			this.#explainer = undefined;
			throw error;
		});
		return this.#explainer;
	}

	async #openCompleter(): Promise<Completing> {
		const { format, model, tokenizer, controlNames, texts } = this.parts;
		const decode: EngineModel['decode'] = (tokens, before) => model.decode(tokens, before);
		const { cannotComplete } = this.info;
		if (cannotComplete !== undefined) {
			throw new EngineError('model-cannot-complete', cannotComplete);
		}
		const opened = await this.#openSequence();
		const { sequence, pace } = await calibrate(opened, anyToken(format, tokenizer), this.parts);
		const drafts = new Drafter(pace.verify / pace.decode);
		const prior = { texts, trust: (lexemes: number) => priorTrust(this.info, lexemes) };
		const resumed = await this.parts.kept?.take(opened);
		const working = { sequence, limits: limitsOf(pace), drafts, resumed };
		return { completer: new Completer({ format, tokenizer, decode, controlNames, prior, ...working }), opened };
	}

	async #openExplainer(): Promise<Explaining> {
		const { model, sentence, template, byComment, tokenizer, format } = this.parts;
		if (!this.info.canExplain) {
			throw new EngineError(
				'model-cannot-explain',
				this.info.cannotExplain ??
					`The model ${this.info.name} cannot write explanations. Choose an instruct model for explaining.`,
			);
		}
		if (byComment) {
			const sequence = await model.openSequence(Math.min(this.info.contextTokens, commentContext));
			return new CommentExplainer({ model, tokenizer, sequence, bos: format.bos });
		}
		return new Explainer({ model, sentence, template, tokenizer, sequence: await this.#openSequence() });
	}

	#openSequence(): Promise<KeepableSequence> {
		return this.parts.model.openSequence(this.info.contextTokens);
	}
}

/** For measuring the pace: any will do. */
function anyToken({ bos }: PromptFormat, tokenizer: Tokenizer): TokenId {
	return bos ?? tokenizer.tokenize('\n')[0] ?? 0;
}
