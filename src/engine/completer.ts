import { isAbort } from '../core/engine/engineError';
import { StopRules } from '../core/completion/stopRules';
import { dropBlankEnd } from '../core/completion/stopText';
import type { FimFormat } from '../core/prompt/fim/detectFormat';
import { layoutPrompt } from '../core/prompt/layout';
import type { TokenId, Tokenizer } from '../core/prompt/tokenizer';
import type { CompletionParams, CompletionResult, GeneratedToken, StopReason } from '../protocol/engineContract';
import type { EngineModel, TokenSequence } from './engineModel';
import { prefill } from './prefill';
import { TokenText } from './tokenText';

/** Kept free at the end of the context, so that the native side never shifts it. */
const spareTokens = 4;

export interface CompletionModel {
	readonly format: FimFormat;
	readonly tokenizer: Tokenizer;
	readonly decode: EngineModel['decode'];
	readonly sequence: TokenSequence;
}

interface Answer {
	readonly reason: StopReason;
	readonly text: string;
	readonly tokens: readonly GeneratedToken[];
}

/** Completes at a cursor with one model. Runs are not to overlap; what the KV cache holds carries over between them. */
export class Completer {
	/** Where the last prompt's window began; keeps the next one's beginning there. */
	#anchor = '';

	constructor(private readonly model: CompletionModel) {}

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
			const reused = await prefill(sequence, prompt, () => {
				signal.throwIfAborted();
			});
			const prefilled = performance.now();
			const answer = await this.#decode(prompt, params, signal, onToken);
			return {
				text: answer.text,
				tokens: tokensOf(answer),
				stopReason: answer.reason,
				promptTokens: prompt.length,
				reusedTokens: reused,
				evaluatedTokens: prompt.length - reused,
				generatedTokens: answer.tokens.length,
				prefillMs: prefilled - started,
				decodeMs: performance.now() - prefilled,
			};
		} catch (error) {
			if (!isAbort(error)) {
				// What a failed native call left in the cache is not known.
				await sequence.keepCommonPrefix([]);
			}
			throw error;
		}
	}

	#layout(params: CompletionParams): readonly TokenId[] {
		const { format, tokenizer, sequence } = this.model;
		const { capacity } = sequence;
		const budget = capacity - spareTokens - Math.min(params.maxTokens, Math.floor(capacity / 2));
		const layout = layoutPrompt(format, tokenizer, params, { budget, anchor: this.#anchor });
		this.#anchor = layout.anchor;
		return layout.tokens;
	}

	async #decode(
		prompt: readonly TokenId[],
		params: CompletionParams,
		signal: AbortSignal,
		onToken: (token: GeneratedToken) => void,
	): Promise<Answer> {
		const { sequence, decode } = this.model;
		const rules = new StopRules(params);
		const pieces = new TokenText(decode, prompt);
		const tokens: GeneratedToken[] = [];
		const most = Math.min(params.maxTokens, sequence.capacity - spareTokens - prompt.length);
		let last = prompt.at(-1);
		while (last !== undefined && tokens.length < most) {
			signal.throwIfAborted();
			const next = await sequence.evaluateNext(last, []);
			const text = next.token === undefined ? undefined : pieces.add(next.token);
			if (text === undefined) {
				return { reason: 'end-of-generation', text: dropBlankEnd(rules.text), tokens };
			}
			const token = { text, probability: next.probability };
			const verdict = rules.offer(token.text, token.probability);
			if (verdict?.reason === 'low-probability') {
				return { ...verdict, tokens };
			}
			tokens.push(token);
			onToken(token);
			if (verdict !== undefined) {
				return { ...verdict, tokens };
			}
			last = next.token;
		}
		return { reason: most < params.maxTokens ? 'context-full' : 'token-limit', text: rules.text, tokens };
	}
}

/** The tokens of the text that is kept; the last one cut where the text ends. */
function tokensOf({ text, tokens }: Answer): GeneratedToken[] {
	const kept: GeneratedToken[] = [];
	let left = text.length;
	for (const token of tokens) {
		if (left <= 0) {
			break;
		}
		kept.push({ ...token, text: token.text.slice(0, left) });
		left -= token.text.length;
	}
	return kept;
}
