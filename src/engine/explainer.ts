import { findRepetition } from '../core/completion/stopRepetition';
import { isAbort } from '../core/engine/engineError';
import { headOf } from '../core/prompt/layoutText';
import type { TokenId, Tokenizer } from '../core/prompt/tokenizer';
import type { ChatMessage, ExplanationParams, ExplanationResult, StopReason } from '../protocol/engineContract';
import type { EngineModel, TokenSequence } from './engineModel';
import { prefill } from './prefill';
import { TokenText } from './tokenText';

const spareTokens = 4;
/** Tokens that came within this distance are made less probable. */
const penalisedTokens = 64;
const omitted = '\n[…]';

export interface ExplanationModel {
	readonly model: EngineModel;
	readonly tokenizer: Tokenizer;
	readonly sequence: TokenSequence;
}

interface Answer {
	readonly reason: StopReason;
	readonly text: string;
	readonly probabilities: number[];
}

/** Writes prose with a model that has a chat template. Runs are not to overlap. */
export class Explainer {
	constructor(private readonly explaining: ExplanationModel) {}

	/**
	 * @param turn awaited before each step: whoever wants the processor first gets it. Throws to abandon.
	 * @throws EngineError `model-cannot-explain`.
	 */
	async run(
		params: ExplanationParams,
		turn: () => Promise<void>,
		onText: (text: string) => void,
	): Promise<ExplanationResult> {
		const { sequence } = this.explaining;
		const prompt = this.#render(params);
		try {
			const reused = await prefill(sequence, prompt, turn);
			const answer = await this.#write(prompt, params.maxTokens, turn, onText);
			return {
				text: answer.text,
				probabilities: answer.probabilities,
				stopReason: answer.reason,
				promptTokens: prompt.length,
				evaluatedTokens: prompt.length - reused,
				generatedTokens: answer.probabilities.length,
			};
		} catch (error) {
			if (!isAbort(error)) {
				await sequence.keepCommonPrefix([]);
			}
			throw error;
		}
	}

	async #write(
		prompt: readonly TokenId[],
		maxTokens: number,
		turn: () => Promise<void>,
		onText: (text: string) => void,
	): Promise<Answer> {
		const { sequence, model } = this.explaining;
		const pieces = new TokenText((tokens, before) => model.decode(tokens, before), prompt);
		const written: TokenId[] = [];
		const probabilities: number[] = [];
		const most = Math.min(maxTokens, sequence.capacity - spareTokens - prompt.length);
		let text = '';
		let last = prompt.at(-1);
		while (last !== undefined && written.length < most) {
			await turn();
			const next = await sequence.evaluateNext(last, written.slice(-penalisedTokens));
			const added = next.token === undefined ? undefined : pieces.add(next.token);
			if (next.token === undefined || added === undefined) {
				return { reason: 'end-of-generation', text, probabilities };
			}
			written.push(next.token);
			probabilities.push(next.probability);
			text += added;
			const loop = findRepetition(text);
			if (loop !== undefined) {
				return { reason: 'repetition', text: text.slice(0, loop), probabilities };
			}
			if (added !== '') {
				onText(added);
			}
			last = next.token;
		}
		return { reason: most < maxTokens ? 'context-full' : 'token-limit', text, probabilities };
	}

	/** Shortens the longest message until the prompt leaves room for an answer. */
	#render({ messages, maxTokens }: ExplanationParams): readonly TokenId[] {
		const { model, tokenizer, sequence } = this.explaining;
		const { capacity } = sequence;
		const budget = capacity - spareTokens - Math.min(maxTokens, Math.floor(capacity / 2));
		const encode = (text: string): readonly TokenId[] => tokenizer.tokenize(text);
		let fitting: readonly ChatMessage[] = messages.map(message => shorten(message, budget * mostCharactersPerToken));
		for (;;) {
			const prompt = model.renderChat(fitting, encode);
			const longest = Math.max(...fitting.map(({ content }) => content.length));
			if (prompt.length <= budget || longest <= omitted.length) {
				return prompt.slice(0, budget);
			}
			const length = Math.floor(longest * Math.min(0.9, budget / prompt.length));
			fitting = fitting.map(message => (message.content.length === longest ? shorten(message, length) : message));
		}
	}
}

/** No text that anyone wants explained is this dense: what is longer need not be tokenised to know that. */
const mostCharactersPerToken = 12;

function shorten(message: ChatMessage, length: number): ChatMessage {
	if (message.content.length <= length) {
		return message;
	}
	return { ...message, content: headOf(message.content, Math.max(0, length - omitted.length)) + omitted };
}
