import { findRepetition } from '../core/completion/stopRepetition';
import { EngineError, isAbort } from '../core/engine/engineError';
import type { TokenId, Tokenizer } from '../core/prompt/tokenizer';
import type {
	CommentParams,
	ExplanationParams,
	ExplanationResult,
	SentenceCandidate,
} from '../protocol/engineContract';
import type { EngineModel, NextToken, TokenSequence } from './engineModel';
import { prefill } from './prefill';
import { TokenText } from './tokenText';
import { endOfComment, type CommentEnd } from './endOfComment';
import { sampledFrom, SentenceSampler } from './sentenceSampler';

export interface CommentModel {
	readonly model: Pick<EngineModel, 'decode'>;
	readonly tokenizer: Tokenizer;
	readonly sequence: TokenSequence;
	readonly bos: TokenId | undefined;
}

/** What is read between two looks at whether a completion waits: with few tokens it costs little more than one. */
const slice = 8;
/** Tokens of the code that a sentence has to make likelier; those further down it says little about. */
const judgedTokens = 64;
/** A token that is too improbable for a number counts as this much. */
const leastProbability = 1e-9;
const spareTokens = 4;

type Turn = () => Promise<void>;

interface Sentence extends CommentEnd {
	readonly probabilities: readonly number[];
}

/**
 * Writes several sentences about code, each as the rest of a comment below the code, and judges each by how much likelier the
 * code is below a comment that says it. Runs are not to overlap.
 */
export class CommentExplainer {
	constructor(private readonly using: CommentModel) {}

	/**
	 * @param turn awaited before each step: whoever wants the processor first gets it. Throws to abandon.
	 * @param onText hears the first sentence as it is written. Another one may turn out to be better.
	 */
	async run(params: ExplanationParams, turn: Turn, onText: (text: string) => void): Promise<ExplanationResult> {
		if (!('marker' in params)) {
			throw new EngineError(
				'model-cannot-explain',
				'This model explains by comments only. Run Explain Selection again.',
			);
		}
		try {
			return await this.#run(params, turn, onText);
		} catch (error) {
			if (!isAbort(error)) {
				await this.using.sequence.keepCommonPrefix([]);
			}
			throw error;
		}
	}

	async #run(params: CommentParams, turn: Turn, onText: (text: string) => void): Promise<ExplanationResult> {
		const prompt = this.#prompt(params);
		const books = { evaluated: 0, generated: 0 };
		const sentences: Sentence[] = [];
		for (let index = 0; index < params.candidates; index++) {
			const reused = await prefill(this.using.sequence, prompt, turn, slice);
			const listen = index === 0 ? onText : () => undefined;
			const sentence = await this.#write(prompt, params, { turn, onText: listen, sampler: new SentenceSampler(index) });
			books.evaluated += prompt.length - reused;
			books.generated += sentence.probabilities.length;
			if (sentence.text !== '' && !sentences.some(({ text }) => text === sentence.text)) {
				sentences.push(sentence);
			}
		}
		const judged = await this.#judge(params, sentences, turn, books);
		const [best] = judged.toSorted((a, b) => b.gain - a.gain);
		return {
			text: best?.text ?? '',
			probabilities: [...(sentences.find(({ text }) => text === best?.text)?.probabilities ?? [])],
			stopReason: 'end-of-generation',
			promptTokens: prompt.length,
			evaluatedTokens: books.evaluated,
			generatedTokens: books.generated,
			candidates: judged,
		};
	}

	/** The code is cut from its end where the sequence is too short for it. */
	#prompt({ code, marker, lead, maxTokens }: CommentParams): readonly TokenId[] {
		const { bos, sequence } = this.using;
		const budget = sequence.capacity - spareTokens - maxTokens;
		for (let kept = code.split('\n'); ; kept = kept.slice(0, Math.floor(kept.length * 0.8))) {
			const tokens = this.#tokens(`${kept.join('\n')}\n\n${marker}${lead}`);
			if (tokens.length < budget || kept.length <= 1) {
				return [...(bos === undefined ? [] : [bos]), ...tokens.slice(-budget)];
			}
		}
	}

	#tokens(text: string): readonly TokenId[] {
		return this.using.tokenizer.tokenize(text);
	}

	async #write(
		prompt: readonly TokenId[],
		{ marker, maxTokens }: CommentParams,
		{
			turn,
			onText,
			sampler,
		}: { readonly turn: Turn; readonly onText: (text: string) => void; readonly sampler: SentenceSampler },
	): Promise<Sentence> {
		const { sequence, model } = this.using;
		const pieces = new TokenText((tokens, before) => model.decode(tokens, before), prompt);
		const probabilities: number[] = [];
		let raw = '';
		let told = 0;
		let last = prompt.at(-1);
		while (last !== undefined && probabilities.length < maxTokens) {
			await turn();
			const next: NextToken | undefined = sampler.choose(await sequence.evaluateTop(last, sampledFrom));
			const added = next?.token === undefined ? undefined : pieces.add(next.token);
			if (next === undefined || added === undefined) {
				break;
			}
			probabilities.push(Math.min(1, next.probability));
			raw += added;
			const end = endOfComment(raw, marker);
			onText(end.text.slice(told));
			told = Math.max(told, end.text.length);
			if (end.isComplete || findRepetition(raw) !== undefined) {
				return { ...end, text: end.isComplete ? end.text : '', probabilities };
			}
			last = next.token;
		}
		// A sentence that was not finished says half of something.
		const end = endOfComment(`${raw}\n`, marker);
		return { ...end, text: last === undefined || probabilities.length >= maxTokens ? '' : end.text, probabilities };
	}

	/** How much each sentence, as a comment above it, raises the logarithm of the code's probability, a token on average. */
	async #judge(
		{ code, marker, lead }: CommentParams,
		sentences: readonly Sentence[],
		turn: Turn,
		books: { evaluated: number },
	): Promise<SentenceCandidate[]> {
		if (sentences.length === 0) {
			return [];
		}
		const bare = await this.#likelihood(marker.trimEnd(), code, turn, books);
		const judged: SentenceCandidate[] = [];
		for (const { text } of sentences) {
			const gain = (await this.#likelihood(`${marker}${lead}${text}`, code, turn, books)) - bare;
			judged.push({ text, gain });
		}
		return judged;
	}

	async #likelihood(above: string, code: string, turn: Turn, books: { evaluated: number }): Promise<number> {
		const { sequence, bos } = this.using;
		const lead = [...(bos === undefined ? [] : [bos]), ...this.#tokens(`${above}\n`)];
		const room = Math.max(0, Math.min(judgedTokens, sequence.capacity - spareTokens - lead.length));
		const wanted = this.#tokens(code).slice(0, room);
		const all = [...lead, ...wanted];
		const reused = await prefill(sequence, lead, turn, slice);
		books.evaluated += lead.length - reused + wanted.length;
		let sum = 0;
		for (let start = lead.length - 1; start < all.length - 1; start += slice) {
			const asked = all
				.slice(start, Math.min(start + slice, all.length - 1))
				.map((token, index) => ({ token, others: all.slice(start + index + 1, start + index + 2) }));
			await turn();
			const told = await sequence.evaluateAmong(asked);
			for (const [index, { others }] of asked.entries()) {
				const probability = told[index]?.find(({ token }) => token === others[0])?.probability ?? 0;
				sum += Math.log(Math.max(probability, leastProbability));
			}
		}
		return wanted.length === 0 ? 0 : sum / wanted.length;
	}
}
