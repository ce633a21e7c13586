import { findRepetition } from '../core/completion/stopRepetition';
import { EngineError, isAbort } from '../core/engine/engineError';
import { headOf } from '../core/prompt/layoutText';
import { layoutSentence, type SentenceFormat } from '../core/prompt/sentenceFormat';
import type { TokenId, Tokenizer } from '../core/prompt/tokenizer';
import type {
	ChatMessage,
	ChatParams,
	ExplanationParams,
	ExplanationResult,
	SentenceParams,
	StopReason,
} from '../protocol/engineContract';
import type { EngineModel, TokenSequence } from './engineModel';
import { prefill } from './prefill';
import { TokenText } from './tokenText';

const spareTokens = 4;
/** Tokens that came within this distance are made less probable. */
const penalisedTokens = 64;
const omitted = '\n[…]';

export interface ExplanationModel {
	readonly model: EngineModel;
	/** Of a model that writes one sentence and cannot chat. */
	readonly sentence?: SentenceFormat | undefined;
	/** Of a model that chats. */
	readonly template?: string | undefined;
	readonly tokenizer: Tokenizer;
	readonly sequence: TokenSequence;
}

interface Answer {
	readonly reason: StopReason;
	readonly text: string;
	readonly probabilities: number[];
}

/** Writes prose with a model that has a chat template, or one sentence with our own family. Runs are not to overlap. */
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
			const answer = await this.#write(prompt, params, turn, onText);
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
		params: ExplanationParams,
		turn: () => Promise<void>,
		onText: (text: string) => void,
	): Promise<Answer> {
		const { sequence, model } = this.explaining;
		const { maxTokens } = params;
		const isSentence = !('messages' in params);
		const pieces = new TokenText((tokens, before) => model.decode(tokens, before), prompt);
		const written: TokenId[] = [];
		const probabilities: number[] = [];
		const most = Math.min(maxTokens, sequence.capacity - spareTokens - prompt.length);
		let text = '';
		let last = prompt.at(-1);
		while (last !== undefined && written.length < most) {
			await turn();
			const next = await sequence.evaluateNext(last, isSentence ? [] : written.slice(-penalisedTokens));
			const added = next.token === undefined ? undefined : pieces.add(next.token);
			if (next.token === undefined || added === undefined) {
				return { reason: 'end-of-generation', text, probabilities };
			}
			written.push(next.token);
			probabilities.push(next.probability);
			text += added;
			const end = isSentence ? sentenceEnd(text) : undefined;
			if (end !== undefined) {
				return { reason: 'end-of-generation', text: text.slice(0, end), probabilities };
			}
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

	#render(params: ExplanationParams): readonly TokenId[] {
		if ('messages' in params) {
			return this.#renderChat(params);
		}
		if ('path' in params) {
			return this.#renderSentence(params);
		}
		throw new EngineError(
			'model-cannot-explain',
			'This model does not explain by comments. Run Explain Selection again.',
		);
	}

	/** @throws EngineError `model-cannot-explain` for a model that chats. */
	#renderSentence(params: SentenceParams): readonly TokenId[] {
		const { sentence, tokenizer, sequence } = this.explaining;
		if (sentence === undefined) {
			throw new EngineError('model-cannot-explain', 'This model explains in a chat. Ask it with messages.');
		}
		return layoutSentence(sentence, tokenizer, params, sequence.capacity - spareTokens - params.maxTokens);
	}

	/**
	 * Shortens the longest message until the prompt leaves room for an answer.
	 * @throws EngineError `model-cannot-explain` for a model without a chat template.
	 */
	#renderChat({ messages, maxTokens }: ChatParams): readonly TokenId[] {
		const { model, template, tokenizer, sequence } = this.explaining;
		if (template === undefined) {
			throw new EngineError(
				'model-cannot-explain',
				'This model does not chat. Choose an instruct model for explaining.',
			);
		}
		const { capacity } = sequence;
		const budget = capacity - spareTokens - Math.min(maxTokens, Math.floor(capacity / 2));
		const encode = (text: string): readonly TokenId[] => tokenizer.tokenize(text);
		let fitting: readonly ChatMessage[] = messages.map(message => shorten(message, budget * mostCharactersPerToken));
		for (;;) {
			const prompt = model.renderChat(template, fitting, encode);
			const longest = Math.max(...fitting.map(({ content }) => content.length));
			if (prompt.length <= budget || longest <= omitted.length) {
				return prompt.slice(0, budget);
			}
			const length = Math.floor(longest * Math.min(0.9, budget / prompt.length));
			fitting = fitting.map(message => (message.content.length === longest ? shorten(message, length) : message));
		}
	}
}

/** Where a second sentence begins: the model was asked for one. */
function sentenceEnd(text: string): number | undefined {
	const end = /[.!?](?=\s)|\n/.exec(text);
	return end === null ? undefined : end.index + (end[0] === '\n' ? 0 : 1);
}

/** No text that anyone wants explained is this dense: what is longer need not be tokenised to know that. */
const mostCharactersPerToken = 12;

function shorten(message: ChatMessage, length: number): ChatMessage {
	if (message.content.length <= length) {
		return message;
	}
	return { ...message, content: headOf(message.content, Math.max(0, length - omitted.length)) + omitted };
}
