import type { CompletionAnswer, CompletionQuery, WrittenToken } from '../../src/core/completion/completionEngine';
import type { StreamingEngine } from '../../src/core/completion/joiningEngine';
import { StopRules } from '../../src/core/completion/stopRules';
import { largestSlice } from '../../src/core/engine/pace';
import type { FimFormat } from '../../src/core/prompt/fim/detectFormat';
import { layoutPrompt, type LayoutState } from '../../src/core/prompt/layout';
import type { TokenId, Tokenizer } from '../../src/core/prompt/tokenizer';
import { takeBack } from '../../src/engine/healing';
import { LatestOnly } from '../../src/engine/latestOnly';
import { TopMemory } from '../../src/engine/topMemory';
import type { VirtualClock } from '../clock/virtualClock';
import type { Machine } from './machines';
import { commonLength, noWork } from './workCounts';

/** A vocabulary without weights. */
export interface VirtualModel {
	readonly format: FimFormat;
	readonly tokenizer: Tokenizer;
	readonly decode: (tokens: readonly TokenId[], before: readonly TokenId[]) => string;
	/** The text that the model would write at this moment. */
	continuation(): string;
}

const contextTokens = 4096;
/** As the engine divides its context: room for the answer, and a few to spare. */
const budget = contextTokens - 128 - 8;
const probability = 0.9;

/**
 * Sotto's engine without the arithmetic: the product's layout, slices, healing, stop rules and pre-emption, on a clock
 * that each native call moves on by its cost.
 */
export class VirtualEngine implements StreamingEngine {
	readonly counts = noWork();
	readonly #latest = new LatestOnly();
	readonly #memory = new TopMemory();
	#held: TokenId[] = [];
	#state: LayoutState | undefined;

	constructor(
		private readonly model: VirtualModel,
		private readonly machine: Machine,
		private readonly clock: VirtualClock,
	) {}

	async complete(
		query: CompletionQuery,
		signal: AbortSignal,
		onToken: (token: WrittenToken) => void,
	): Promise<CompletionAnswer> {
		await this.clock.sleep(this.machine.roundTrip);
		const continuation = this.model.continuation();
		return this.#latest.run(latest => this.#run({ query, continuation, signal: latest, onToken }), signal);
	}

	async #run(run: {
		query: CompletionQuery;
		continuation: string;
		signal: AbortSignal;
		onToken: (token: WrittenToken) => void;
	}): Promise<CompletionAnswer> {
		const { format, tokenizer, decode } = this.model;
		const layout = layoutPrompt(format, tokenizer, run.query, { budget, state: this.#state });
		this.#state = layout.state;
		const { tokens, typed } = takeBack(layout.tokens, { open: layout.open, prefix: run.query.prefix, decode });
		this.counts.requests++;
		this.counts.promptTokens += tokens.length;
		const answer = tokenizer.tokenize(typed + run.continuation);
		const known = typed !== '' && this.#memory.get(tokens) !== undefined ? answer.slice(0, 1) : [];
		const prompt = [...tokens, ...known];
		const evaluated = await this.#prefill(prompt, run.signal);
		if (typed !== '') {
			this.#memory.set(tokens, []);
		}
		const before = this.counts.decoded;
		try {
			const written = await this.#write(run, answer, { skip: typed.length, known: known.length });
			return {
				...written,
				promptTokens: prompt.length,
				reusedTokens: prompt.length - evaluated,
				evaluatedTokens: evaluated,
			};
		} catch (error) {
			this.counts.decodedInVain += this.counts.decoded - before;
			throw error;
		}
	}

	/** Up to the prompt's last token, which is evaluated together with the first step of the answer. */
	async #prefill(tokens: readonly TokenId[], signal: AbortSignal): Promise<number> {
		const kept = commonLength(this.#held, tokens.slice(0, -1));
		this.#held.length = kept;
		for (let start = kept; start < tokens.length - 1; start += largestSlice) {
			signal.throwIfAborted();
			const slice = tokens.slice(start, Math.min(start + largestSlice, tokens.length - 1));
			await this.#call(this.machine.prefill(slice.length));
			this.counts.prefilled += slice.length;
			this.#held.push(...slice);
		}
		signal.throwIfAborted();
		this.#held.push(...tokens.slice(-1));
		this.counts.prefilled++;
		return tokens.length - kept;
	}

	/**
	 * @param skip characters at the start that the user has typed: the healed token spells them again.
	 * @param known tokens at the start that an earlier answer's memory told; they are in the prompt already.
	 */
	async #write(
		{ query, signal, onToken }: { query: CompletionQuery; signal: AbortSignal; onToken: (token: WrittenToken) => void },
		tokens: readonly TokenId[],
		{ skip, known }: { readonly skip: number; readonly known: number },
	): Promise<Pick<CompletionAnswer, 'text' | 'tokens' | 'stopReason' | 'generatedTokens'>> {
		const rules = new StopRules(query);
		const written: { text: string; probability: number }[] = [];
		let left = skip;
		for (const [index, token] of tokens.entries()) {
			if (index >= known) {
				await this.#call(this.machine.decode(1));
			}
			signal.throwIfAborted();
			const whole = this.model.decode([token], tokens.slice(Math.max(0, index - 3), index));
			const text = whole.slice(left);
			// The characters that healing took back are a part of the prompt that is evaluated once more.
			if (index >= known) {
				this.counts[left > 0 ? 'prefilled' : 'decoded']++;
				this.#held.push(token);
			}
			left = Math.max(0, left - whole.length);
			written.push({ text, probability });
			const verdict = rules.offer(text, probability);
			if (verdict !== undefined) {
				const { text: kept, reason } = verdict;
				return { text: kept, tokens: cut(written, kept.length), stopReason: reason, generatedTokens: index + 1 };
			}
			onToken({ text, probability });
		}
		await this.#call(this.machine.decode(1));
		return {
			text: rules.text,
			tokens: written,
			stopReason: 'end-of-generation',
			generatedTokens: written.length,
		};
	}

	#call(milliseconds: number): Promise<void> {
		this.counts.calls++;
		return this.clock.sleep(milliseconds);
	}
}

function cut(tokens: readonly { text: string; probability: number }[], length: number): typeof tokens {
	let left = length;
	return tokens.flatMap(token => {
		const text = token.text.slice(0, Math.max(0, left));
		left -= token.text.length;
		return text === '' ? [] : [{ ...token, text }];
	});
}
