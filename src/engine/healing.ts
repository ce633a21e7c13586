import { chooseFromMixture, type PriorTokens } from '../core/prior/mixture';
import type { TokenId } from '../core/prompt/tokenizer';
import type { EngineModel, NextToken } from './engineModel';
import type { Prior } from './nextTokens';

/**
 * Token healing. A cursor stands anywhere, tokens do not: after `return` and a space a model wants to write ` 0`, the
 * token in its vocabulary, and has never seen the space alone. After `:` and a line end it wants to write `\n   `, the line
 * end with the indentation of the next line. So the last tokens are taken back, and the model writes them again, from
 * among the tokens that spell what was typed.
 */

/** Healing looks among this many most probable tokens for one that spells the typed characters. llama.cpp sorts more slowly for more. */
export const healingCandidates = 128;
/** White space at the cursor is taken back whole, up to this many tokens. */
const mostTakenBack = 4;
/** Tokens taken back may come again as more, shorter ones. */
const moreSteps = 2;

type Decode = EngineModel['decode'];

export interface HealablePrompt {
	readonly tokens: readonly TokenId[];
	/** The text that the first tokens of the answer have to spell; empty when nothing was taken back. */
	readonly typed: string;
	/** How many tokens were taken back. */
	readonly taken: number;
}

/**
 * Takes back what could go on at the cursor: a word, a number, all white space. Only where the text before the cursor
 * ends the prompt: with a middle token right behind it, the model was trained on words cut in two.
 * @param open tokens at the end of the prompt that are the text before the cursor.
 */
export function takeBack(
	prompt: readonly TokenId[],
	{ open, prefix, decode }: { open: number; prefix: string; decode: Decode },
): HealablePrompt {
	let tokens = prompt;
	let typed = '';
	for (let count = 0; count < Math.min(open, mostTakenBack); count++) {
		const [last] = tokens.slice(-1);
		const text = last === undefined ? '' : decode([last], tokens.slice(-3, -1));
		// In front of white space that is taken back, only more of it can have been one token with it.
		const canGoOn = typed === '' ? wordOrSpace : space;
		if (typed.trim() !== '' || !canGoOn.test(text) || !prefix.endsWith(text + typed)) {
			break;
		}
		typed = text + typed;
		tokens = tokens.slice(0, -1);
	}
	return { tokens, typed, taken: prompt.length - tokens.length };
}

const wordOrSpace = /[\p{L}\p{N}_\s]$/u;
const space = /\s$/;

export interface Healed {
	/** Tokens that spell what was typed, and perhaps more. All but the last are in the KV cache. */
	readonly tokens: readonly TokenId[];
	/** The text that they spell beyond that: the start of the answer. */
	readonly text: string;
	/** The probability of the last token, among those that spell what was typed. */
	readonly probability: number;
	/** The model alone would have written another. */
	readonly fromPrior: boolean;
}

/** The most probable tokens after a prompt, best first. */
export type TopAfter = (prompt: readonly TokenId[]) => Promise<readonly NextToken[]>;

/**
 * Writes `typed` again. `undefined` when none of the likely tokens spells it.
 * @param prior knows names that begin with what was typed, which a small model does not think of.
 */
export async function heal(
	{ tokens: prompt, typed, taken }: HealablePrompt,
	topAfter: TopAfter,
	{ decode, prior }: { readonly decode: Decode; readonly prior?: Prior | undefined },
): Promise<Healed | undefined> {
	const tokens: TokenId[] = [];
	let left = typed;
	for (let step = 0; step < taken + moreSteps; step++) {
		const sofar = [...prompt, ...tokens];
		const guess = prior?.next('', left);
		const candidates = withGuesses(await topAfter(sofar), guess);
		const spellings = spellingsAmong(candidates, left, token => decode([token], sofar.slice(-3)));
		const best = chooseFromMixture(spellings, guess, prior?.trust);
		const text = spellings.find(({ token }) => token === best?.token)?.text;
		if (best?.token === undefined || text === undefined) {
			return undefined;
		}
		tokens.push(best.token);
		if (text.length >= left.length) {
			return { tokens, text: text.slice(left.length), probability: best.probability, fromPrior: best.fromPrior };
		}
		left = left.slice(text.length);
	}
	return undefined;
}

/** Whatever the prior names and the model does not think of has, by the model, no probability to speak of. */
export function withGuesses(top: readonly NextToken[], guess: PriorTokens | undefined): readonly NextToken[] {
	const known = new Set(top.map(({ token }) => token));
	const guessed = [...(guess?.tokens.keys() ?? [])].filter(token => !known.has(token));
	return [...top, ...guessed.map(token => ({ token, probability: 0 }))];
}

export interface Spelling {
	readonly token: TokenId;
	readonly text: string;
	readonly probability: number;
}

/** The tokens that begin with `typed` or are a beginning of it, most probable first; their probabilities add up to 1. */
export function spellingsAmong(
	top: readonly NextToken[],
	typed: string,
	textOf: (token: TokenId) => string,
): readonly Spelling[] {
	const spellings = top.flatMap(({ token, probability }): Spelling[] => {
		const text = token === undefined ? '' : textOf(token);
		// Part of a character decodes to U+FFFD; nothing that follows could complete it.
		const spells = text !== '' && !text.includes('\uFFFD') && (text.startsWith(typed) || typed.startsWith(text));
		return token !== undefined && spells ? [{ token, text, probability }] : [];
	});
	const total = spellings.reduce((sum, { probability }) => sum + probability, 0);
	return spellings
		.map(spelling => ({ ...spelling, probability: total > 0 ? spelling.probability / total : 0 }))
		.toSorted((a, b) => b.probability - a.probability);
}
