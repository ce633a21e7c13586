import type { PriorTokens, PriorTrust } from '../core/prior/mixture';
import type { TokenId, Tokenizer } from '../core/prompt/tokenizer';
import type { EngineModel, NextToken, TokenSequence } from './engineModel';
import type { Drafter } from './drafter';
import { choicesAlong, stepsFrom } from './draftSteps';
import { heal, healingCandidates, type Healed, type HealablePrompt } from './healing';
import { TokenText } from './tokenText';
import type { TopMemory } from './topMemory';

/** A token of the answer. */
export interface Written {
	/** `undefined` where the model ends or writes no text; empty while a character is incomplete. */
	readonly text: string | undefined;
	readonly probability: number;
	/** The model alone would have written another. */
	readonly fromPrior: boolean;
}

/** A source of guesses for the next token, beside the model. */
export interface Prior {
	readonly trust: PriorTrust;
	/** @param typed what the token has to spell first, though it is in `written` or before it. */
	next(written: string, typed?: string): PriorTokens | undefined;
}

export interface Decoding {
	readonly sequence: TokenSequence;
	readonly decode: EngineModel['decode'];
	readonly tokenizer: Tokenizer;
	/** The most probable tokens that were found for earlier answers. */
	readonly memory: TopMemory;
	/** Brings the KV cache to these tokens but the last. */
	readonly fill: (tokens: readonly TokenId[]) => Promise<void>;
	/** Counts tokens that are evaluated otherwise, to judge and not to write. */
	readonly count: (tokens: number) => void;
	/** None where drafts are not to be made. */
	readonly drafts?: Drafter | undefined;
}

/**
 * The answer's tokens without end: greedily the most probable ones by the model, or by model and prior together. What is
 * yielded goes into the KV cache, whoever it is from.
 */
export async function* nextTokens(
	decoding: Decoding,
	prompt: HealablePrompt,
	prior: Prior | undefined,
): AsyncGenerator<Written, void> {
	const typed = await typedAgain(decoding, prompt, prior);
	if (typed.text !== '') {
		yield typed;
	}
	yield* tokensAfter(decoding, { tokens: [...prompt.tokens, ...typed.tokens], text: typed.text }, prior);
}

/**
 * The tokens behind an answer that is begun, without end.
 * @param begun the prompt with the tokens so far, and the text of the answer so far.
 */
export async function* tokensAfter(
	decoding: Decoding,
	begun: { readonly tokens: readonly TokenId[]; readonly text: string },
	prior: Prior | undefined,
): AsyncGenerator<Written, void> {
	const { sequence, decode, drafts } = decoding;
	const tokens = [...begun.tokens];
	let written = begun.text;
	await decoding.fill(tokens);
	drafts?.begin(tokens);
	const pieces = new TokenText(decode, tokens);
	let isWhole = true;
	for (let last = tokens.at(-1); last !== undefined;) {
		const drafted = stepsFrom(last, { decode, drafts, tokens, written, prior: isWhole ? prior : undefined });
		const choices = choicesAlong(drafted, await sequence.evaluateAmong(drafted.steps), prior);
		tokens.push(...choices.flatMap(({ token }) => token ?? []));
		for (const { token, ...choice } of choices) {
			const text = token === undefined ? undefined : pieces.add(token);
			written += text ?? '';
			isWhole = text !== '';
			last = token;
			yield { text, ...choice };
		}
		if (choices.length < drafted.steps.length) {
			await sequence.keepCommonPrefix(tokens.slice(0, -1));
		}
	}
}

/** The characters that were taken back, as the model spells them, or as the tokeniser does where the model would write something else. */
async function typedAgain(decoding: Decoding, prompt: HealablePrompt, prior: Prior | undefined): Promise<Healed> {
	const { decode, tokenizer } = decoding;
	const healed =
		prompt.typed === '' ? undefined : await heal(prompt, before => topAfter(decoding, before), { decode, prior });
	return healed ?? { tokens: tokenizer.tokenize(prompt.typed), text: '', probability: 1, fromPrior: false };
}

/** By what an earlier answer found out, or by evaluating. */
export async function topAfter(
	{ sequence, memory, fill }: Decoding,
	tokens: readonly TokenId[],
): Promise<readonly NextToken[]> {
	const known = memory.get(tokens);
	const last = tokens.at(-1);
	if (known !== undefined || last === undefined) {
		return known ?? [];
	}
	await fill(tokens);
	const top = await sequence.evaluateTop(last, healingCandidates);
	memory.set(tokens, top);
	return top;
}
