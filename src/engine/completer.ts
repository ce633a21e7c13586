import { candidateCounts, fitsPlace } from '../core/completion/candidateRanking';
import { StopRules } from '../core/completion/stopRules';
import { isAbort } from '../core/engine/engineError';
import type { WorkLimits } from '../core/engine/pace';
import type { PromptFormat } from '../core/prompt/fim/detectFormat';
import { LocalPrior } from '../core/prior/localPrior';
import type { TrustBySize } from '../core/prior/mixture';
import type { OpenTexts } from '../core/prior/openTexts';
import type { TokenId, Tokenizer } from '../core/prompt/tokenizer';
import type {
	CompletionParams,
	CompletionResult,
	GeneratedToken,
	PromptPart,
	StopReason,
} from '../protocol/engineContract';
import { AnswerSoFar, tokensOf, type Answer } from './answerSoFar';
import { describePrompt } from './describePrompt';
import type { Drafter } from './drafter';
import type { EngineModel, TokenSequence } from './engineModel';
import { takeBack, type HealablePrompt } from './healing';
import { nextTokens, type Decoding } from './nextTokens';
import { Filling } from './prefill';
import { PriorGuesser } from './priorGuesser';
import { PromptKeeper, type LaidOut } from './promptKeeper';
import { rankedAnswers, type Ranking } from './rankedAnswer';
import { TopMemory } from './topMemory';

/** Kept free at the end of the context, so that the native side never shifts it. Healing may take three of them. */
const spareTokens = 8;
/** The longest answer that there is always room for; the same for short ones, since the budget shapes the prompt. */
const answerRoom = 128;

export interface CompletionModel {
	readonly format: PromptFormat;
	readonly tokenizer: Tokenizer;
	readonly decode: EngineModel['decode'];
	readonly sequence: TokenSequence;
	/** As much as this machine does in time. None where it is left out. */
	readonly limits?: WorkLimits;
	/** None where drafts are not to be made. */
	readonly drafts?: Drafter;
	/** Names of the control tokens, for who wants to read a prompt. */
	readonly controlNames?: ReadonlyMap<TokenId, string>;
	/** The prompt that `sequence` already holds, if an earlier engine left it. */
	readonly resumed?: LaidOut | undefined;
	/** Texts that say beside the model what comes next, and how far they are trusted. */
	readonly prior?: { readonly texts: OpenTexts; readonly trust: TrustBySize } | undefined;
}

interface Greedy extends Omit<Ranking, 'candidates' | 'isJudged'> {
	readonly onToken: (token: GeneratedToken) => void;
	readonly reason: StopReason;
}

const nothing: Answer = { reason: 'end-of-generation', text: '', tokens: [], refused: [] };

interface Running {
	readonly signal: AbortSignal;
	readonly onToken: (token: GeneratedToken) => void;
	readonly filling: Filling;
}

/** Completes at a cursor with one model. Runs are not to overlap; what the KV cache holds carries over between them. */
export class Completer {
	readonly #prompts: PromptKeeper;

	readonly #guesser: PriorGuesser | undefined;
	readonly #memory = new TopMemory();

	constructor(private readonly model: CompletionModel) {
		const { prior, format, tokenizer, sequence, limits, resumed } = model;
		const { capacity } = sequence;
		const room = capacity - spareTokens - Math.min(answerRoom, Math.floor(capacity / 2));
		const whole = Math.min(room, limits?.prompt ?? room);
		const budget = { whole, urgent: Math.min(whole, limits?.urgent ?? whole) };
		this.#prompts = new PromptKeeper(format, tokenizer, budget, resumed);
		this.#guesser = prior && new PriorGuesser(new LocalPrior(prior.texts), prior.trust, tokenizer);
	}

	/** The last prompt; what of it the KV cache holds may be less, if it was cut off. */
	get laidOut(): LaidOut | undefined {
		return this.#prompts.laidOut;
	}

	/**
	 * `maxTokens` 0 only fills the KV cache.
	 * @param onToken told each token as it comes. A stop rule may still cut tokens off that were told.
	 */
	async run(
		params: CompletionParams,
		signal: AbortSignal,
		onToken: (token: GeneratedToken) => void,
	): Promise<CompletionResult> {
		const { sequence } = this.model;
		const started = performance.now();
		const prompt = this.#layout(params);
		try {
			const pause = (): void => {
				signal.throwIfAborted();
			};
			const filling = new Filling(sequence, pause, this.model.limits?.slice);
			const [answer = nothing, ...others] = await this.#decode(prompt, params, { signal, onToken, filling });
			const { evaluated, readyAt } = filling.books;
			const promptTokens = prompt.tokens.length + prompt.taken;
			return {
				text: answer.text,
				tokens: [...tokensOf(answer), ...answer.refused],
				stopReason: answer.reason,
				...(others.length > 0 && { others: others.map(other => ({ text: other.text, tokens: tokensOf(other) })) }),
				promptTokens,
				reusedTokens: Math.max(0, promptTokens - evaluated),
				evaluatedTokens: evaluated,
				generatedTokens: answer.tokens.length,
				prefillMs: readyAt - started,
				decodeMs: performance.now() - readyAt,
				...(params.wantsPrompt === true && { prompt: this.#describe(prompt) }),
			};
		} catch (error) {
			if (!isAbort(error)) {
				// After a failed native call the content of the cache is unknown.
				await sequence.keepCommonPrefix([]);
			}
			throw error;
		}
	}

	#layout(params: CompletionParams): HealablePrompt {
		const { tokens, open } = this.#prompts.next(params, this.model.sequence.held);
		const healed = params.without?.includes('healing') === true ? 0 : open;
		return takeBack(tokens, { open: healed, prefix: params.prefix, decode: this.model.decode });
	}

	#describe({ tokens }: HealablePrompt): PromptPart[] {
		const { decode, controlNames = new Map<TokenId, string>() } = this.model;
		return describePrompt(tokens, decode, controlNames);
	}

	async #decode(
		prompt: HealablePrompt,
		params: CompletionParams,
		{ signal, onToken, filling }: Running,
	): Promise<readonly Answer[]> {
		const { sequence, limits } = this.model;
		const wanted = Math.min(params.maxTokens, limits?.answer ?? Infinity);
		const most = Math.min(wanted, sequence.capacity - spareTokens - prompt.tokens.length);
		const fill = (tokens: readonly TokenId[]): Promise<void> => filling.fill(tokens);
		const count = (tokens: number): void => {
			filling.count(tokens);
		};
		const reason = most < wanted ? 'context-full' : 'token-limit';
		if (most <= 0) {
			await fill(prompt.tokens);
			return [new AnswerSoFar(new StopRules(params), onToken).end(reason)];
		}
		const prior = params.without?.includes('prior') === true ? undefined : this.#guesser;
		prior?.moveTo(params);
		const decoding = { ...this.model, memory: this.#memory, fill, count };
		const asked = { prompt, prior, params, most, signal };
		return wantsRanking(params)
			? rankedAnswers(decoding, { ...asked, candidates: params.candidates, isJudged: true })
			: [await fittingAnswer(decoding, asked, await this.#likeliest(decoding, { ...asked, onToken, reason }))];
	}

	/** @param reason why the answer ends where the tokens do. */
	async #likeliest(
		decoding: Decoding,
		{ prompt, prior, params, most, signal, onToken, reason }: Greedy,
	): Promise<Answer> {
		const answer = new AnswerSoFar(new StopRules(params), onToken);
		for await (const next of nextTokens(decoding, prompt, prior)) {
			signal.throwIfAborted();
			const end = answer.add(next);
			if (end !== undefined) {
				return end;
			}
			if (answer.length >= most) {
				break;
			}
		}
		return answer.end(reason);
	}
}

function wantsRanking(params: CompletionParams): params is CompletionParams & { readonly candidates: number } {
	return (params.candidates ?? 1) > 1 && params.without?.includes('ranking') !== true;
}

/** The likeliest answer, or where that cannot stand in front of what is below the cursor, the likeliest one that can. */
async function fittingAnswer(
	decoding: Decoding,
	asked: Omit<Ranking, 'candidates' | 'isJudged'>,
	likeliest: Answer,
): Promise<Answer> {
	const { params } = asked;
	const isLeftOut = params.without?.includes('fitting') === true;
	if (isLeftOut || likeliest.text.trim() === '' || fitsPlace(likeliest.text, params)) {
		return likeliest;
	}
	const [other] = await rankedAnswers(decoding, { ...asked, candidates: candidateCounts.fitting, isJudged: true });
	return other ?? likeliest;
}
