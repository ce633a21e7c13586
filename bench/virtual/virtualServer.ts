import type { FimFormat } from '../../src/core/prompt/fim/detectFormat';
import type { TokenId, Tokenizer } from '../../src/core/prompt/tokenizer';
import type { VirtualClock } from '../clock/virtualClock';
import type { InfillAnswer, InfillRequest, InfillServer } from '../rival/infill';
import type { Machine } from './machines';
import { commonLength, noWork } from './workCounts';

export interface ServedModel {
	readonly format: FimFormat;
	/** The mark in front of the name of the repository. */
	readonly repository: TokenId;
	readonly tokenizer: Tokenizer;
	readonly decode: (tokens: readonly TokenId[], before: readonly TokenId[]) => string;
	/** The text that the model would write after the prompt of a request. */
	continuation(request: InfillRequest): string;
}

/** `-b 1024`, of which the server gives three quarters to the text before the cursor. */
const batch = 1024;

/** llama-server's one slot without the arithmetic: its prompt, its cache, one request after the other, none taken back. */
export class VirtualServer implements InfillServer {
	readonly counts = noWork();
	#held: TokenId[] = [];
	#last: Promise<unknown> = Promise.resolve();

	constructor(
		private readonly model: ServedModel,
		private readonly machine: Machine,
		private readonly clock: VirtualClock,
	) {}

	infill(request: InfillRequest): Promise<InfillAnswer> {
		const answer = this.#last.then(() => this.#serve(request));
		this.#last = answer;
		return answer;
	}

	async #serve(request: InfillRequest): Promise<InfillAnswer> {
		await this.clock.sleep(this.machine.roundTrip);
		const prompt = infillPrompt(this.model, request);
		// At least the last token is evaluated, for its logits.
		const kept = Math.min(commonLength(this.#held, prompt), prompt.length - 1);
		const evaluated = prompt.length - kept;
		for (let left = evaluated; left > 0; left -= batch) {
			this.counts.calls++;
			await this.clock.sleep(this.machine.prefill(Math.min(left, batch)));
		}
		const { text, tokens } = await this.#write(request);
		this.#held = [...prompt, ...tokens];
		const generated = tokens.length * request.n_cmpl;
		this.counts.requests++;
		this.counts.promptTokens += prompt.length;
		this.counts.prefilled += evaluated;
		this.counts.decoded += generated;
		return {
			contents: Array.from({ length: request.n_cmpl }, () => text),
			evaluated,
			generated,
			promptTokens: prompt.length,
		};
	}

	/** The time limit counts only once a line has ended behind it. */
	async #write(request: InfillRequest): Promise<{ text: string; tokens: readonly TokenId[] }> {
		const { tokenizer, decode } = this.model;
		const started = this.clock.now();
		const tokens = tokenizer.tokenize(this.model.continuation(request)).slice(0, request.n_predict);
		let text = '';
		for (const [index, token] of tokens.entries()) {
			this.counts.calls++;
			await this.clock.sleep(this.machine.decode(request.n_cmpl));
			const piece = decode([token], tokens.slice(Math.max(0, index - 3), index));
			text += piece;
			if (piece.includes('\n') && this.clock.now() - started > request.t_max_predict_ms) {
				return { text, tokens: tokens.slice(0, index + 1) };
			}
		}
		return { text, tokens };
	}
}

/** The prompt as `format_prompt_infill` of llama.cpp's `server-common.cpp` lays it out. */
export function infillPrompt(
	{ format, repository, tokenizer }: Pick<ServedModel, 'format' | 'repository' | 'tokenizer'>,
	request: InfillRequest,
): readonly TokenId[] {
	const { file, prefix, suffix, middle } = format;
	const separator = file?.kind === 'token' ? [file.token] : [];
	const extra = request.input_extra.flatMap(({ filename, text }) => [
		...separator,
		...tokenizer.tokenize(`${filename}\n`),
		...tokenizer.tokenize(text),
	]);
	const typed = tokenizer.tokenize(request.prompt);
	const before = tokenizer.tokenize(request.input_prefix).slice(-(batch / 4) * 3);
	const after = tokenizer.tokenize(request.input_suffix).slice(0, Math.max(0, batch / 4 - 2 - typed.length));
	return [
		...[repository, ...tokenizer.tokenize('myproject\n')],
		...extra,
		...[...separator, ...tokenizer.tokenize('filename\n')],
		...[prefix, ...before, ...typed],
		...[suffix, ...after],
		...(middle === undefined ? [] : [middle]),
	];
}
