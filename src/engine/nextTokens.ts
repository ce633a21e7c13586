import { chooseFromMixture, type PriorTokens, type PriorTrust } from '../core/prior/mixture';
import type { TokenId, Tokenizer } from '../core/prompt/tokenizer';
import type { EngineModel, TokenSequence } from './engineModel';
import { heal, type HealablePrompt } from './healing';
import { prefill } from './prefill';
import { TokenText } from './tokenText';

/** A token of the answer. */
export interface Written {
	/** `undefined` where the model ends or writes no text; empty while a character is incomplete. */
	readonly text: string | undefined;
	readonly probability: number;
	/** The model alone would have written another. */
	readonly fromPrior: boolean;
}

/** What says beside the model what comes next. */
export interface Prior {
	readonly trust: PriorTrust;
	/** @param typed what the token has to spell first, though it is in `written` or before it. */
	next(written: string, typed?: string): PriorTokens | undefined;
}

interface Decoding {
	readonly sequence: TokenSequence;
	readonly decode: EngineModel['decode'];
	readonly tokenizer: Tokenizer;
}

/**
 * The answer's tokens without end: greedily the most probable ones by the model, or by model and prior together. The prompt
 * is in the KV cache but for its last token; what is yielded goes into it, whoever it is from.
 */
export async function* nextTokens(
	{ sequence, decode, tokenizer }: Decoding,
	prompt: HealablePrompt,
	prior: Prior | undefined,
): AsyncGenerator<Written, void> {
	const tokens = [...prompt.tokens];
	let written = '';
	if (prompt.typed !== '') {
		const healed = await heal(sequence, prompt, { decode, prior });
		tokens.push(...(healed?.tokens ?? tokenizer.tokenize(prompt.typed)));
		if (healed !== undefined && healed.text !== '') {
			written = healed.text;
			yield healed;
		}
		await prefill(sequence, tokens, () => undefined);
	}
	const pieces = new TokenText(decode, tokens);
	let isWhole = true;
	for (let last = tokens.at(-1); last !== undefined;) {
		const guess = isWhole ? prior?.next(written) : undefined;
		const { token, ...choice } = await choose(sequence, last, { guess, trust: prior?.trust });
		const text = token === undefined ? undefined : pieces.add(token);
		written += text ?? '';
		isWhole = text !== '';
		yield { text, ...choice };
		last = token;
	}
}

async function choose(
	sequence: TokenSequence,
	last: TokenId,
	{ guess, trust }: { readonly guess: PriorTokens | undefined; readonly trust: PriorTrust | undefined },
): Promise<NonNullable<ReturnType<typeof chooseFromMixture>>> {
	const model = await sequence.evaluateAmong(last, [...(guess?.tokens.keys() ?? [])]);
	return chooseFromMixture(model, guess, trust) ?? { token: undefined, probability: 0, fromPrior: false };
}
