import { EngineError } from '../core/engine/engineError';
import { limitsOf } from '../core/engine/pace';
import type { FimFormat } from '../core/prompt/fim/detectFormat';
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
import { Completer } from './completer';
import { Drafter } from './drafter';
import type { EngineModel, TokenSequence } from './engineModel';
import { Explainer } from './explainer';
import { LatestOnly } from './latestOnly';
import type { Turns } from './turns';

interface Parts {
	readonly model: EngineModel;
	readonly format: FimFormat | undefined;
	readonly sentence: SentenceFormat | undefined;
	readonly tokenizer: Tokenizer;
	readonly turns: Turns;
	readonly texts: OpenTexts;
	readonly log: (message: string) => void;
	/** Names of the control tokens. */
	readonly controlNames: ReadonlyMap<TokenId, string>;
}

/** Weights in memory and what is done with them: one KV cache for completing, one for explaining, made when needed. */
export class LoadedModel {
	readonly #completions = new LatestOnly();
	readonly #explanations = new LatestOnly();
	#completer: Promise<Completer> | undefined;
	#explainer: Promise<Explainer> | undefined;

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
			(await this.#completing()).run(params, latest, onToken);
		return this.parts.turns.completion(() => this.#completions.run(run, signal));
	}

	/** @throws EngineError `model-cannot-explain`; an AbortError when cancelled or when a newer one took over. */
	explain(params: ExplanationParams, signal: AbortSignal, onText: (text: string) => void): Promise<ExplanationResult> {
		const { turns } = this.parts;
		const run = async (latest: AbortSignal): Promise<ExplanationResult> =>
			(await this.#explaining()).run(params, () => turns.free(latest), onText);
		return this.#explanations.run(run, signal);
	}

	/** Ends what runs, then frees the memory. */
	async dispose(): Promise<void> {
		await Promise.all([this.#completions.close(), this.#explanations.close()]);
		await this.parts.model.dispose();
	}

	/** Opened once; a failure is not kept, since memory may be free the next time. */
	#completing(): Promise<Completer> {
		this.#completer ??= this.#openCompleter().catch((error: unknown) => {
			this.#completer = undefined;
			throw error;
		});
		return this.#completer;
	}

	#explaining(): Promise<Explainer> {
		this.#explainer ??= this.#openExplainer().catch((error: unknown) => {
			this.#explainer = undefined;
			throw error;
		});
		return this.#explainer;
	}

	async #openCompleter(): Promise<Completer> {
		const { format, model, tokenizer, controlNames, texts } = this.parts;
		const decode: EngineModel['decode'] = (tokens, before) => model.decode(tokens, before);
		const { cannotComplete } = this.info;
		if (format === undefined || cannotComplete !== undefined) {
			throw new EngineError('model-cannot-complete', cannotComplete ?? 'Choose a code model with fill-in-the-middle.');
		}
		const opened = await this.#openSequence();
		const { sequence, pace } = await calibrate(opened, format.bos ?? format.prefix, this.parts);
		const drafts = new Drafter(pace.verify / pace.decode);
		const prior = { texts, trust: priorTrust(this.info) };
		return new Completer({ format, tokenizer, sequence, decode, controlNames, prior, limits: limitsOf(pace), drafts });
	}

	async #openExplainer(): Promise<Explainer> {
		const { model, sentence, tokenizer } = this.parts;
		if (!this.info.canExplain) {
			throw new EngineError(
				'model-cannot-explain',
				`The model ${this.info.name} cannot write explanations. Choose an instruct model for explaining.`,
			);
		}
		return new Explainer({ model, sentence, tokenizer, sequence: await this.#openSequence() });
	}

	#openSequence(): Promise<TokenSequence> {
		return this.parts.model.openSequence(this.info.contextTokens);
	}
}
