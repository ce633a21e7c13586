import { headOf, splitAtLines, tailOf } from './layoutText';
import type { TokenId, Tokenizer } from './tokenizer';

/** The part of the text before the cursor that goes into the prompt. */
export interface PrefixWindow {
	readonly tokens: readonly TokenId[];
	/** The first characters of the window. Given to the next layout, they keep the window's start where it is. */
	readonly anchor: string;
}

/** No tokeniser of a code model reaches this average, so text beyond it cannot fit and need not be tokenised. */
const charactersPerToken = 12;
/** Long enough not to occur twice by chance. Characters. */
const anchorLength = 200;
/** A new window leaves the rest of the budget free to type into before its start has to move. */
const freshShare = 0.75;
/** An anchored window below this share of the budget, with more text in front of it, is made anew. */
const leastShare = 0.5;

/**
 * Chooses the end of `prefix`, at most `budget` tokens, starting at a line start where a line fits. While typing
 * goes on, the start stays where it was (`anchor`), because moving it costs the KV cache of the whole window.
 */
export function windowBefore(tokenizer: Tokenizer, prefix: string, budget: number, anchor = ''): PrefixWindow {
	const tail = tailOf(prefix, budget * charactersPerToken);
	const isWhole = tail.length === prefix.length;
	const tokensOfTail = isWhole ? tokenizeLines(tokenizer, tail, budget) : undefined;
	if (tokensOfTail !== undefined) {
		return { tokens: tokensOfTail, anchor: anchorOf(tail) };
	}
	return anchored(tokenizer, tail, budget, anchor) ?? fresh(tokenizer, tail, isWhole, Math.floor(budget * freshShare));
}

function anchored(tokenizer: Tokenizer, tail: string, budget: number, anchor: string): PrefixWindow | undefined {
	const start = anchor === '' ? -1 : tail.indexOf(anchor);
	if (start === -1) {
		return undefined;
	}
	const tokens = tokenizeLines(tokenizer, tail.slice(start), budget);
	return tokens === undefined || tokens.length < budget * leastShare ? undefined : { tokens, anchor };
}

function fresh(tokenizer: Tokenizer, tail: string, isWhole: boolean, budget: number): PrefixWindow {
	const parts = splitAtLines(tail);
	const taken: (readonly TokenId[])[] = [];
	let left = budget;
	// The first part of a cut text is the rest of a line.
	const first = isWhole ? 0 : 1;
	let index = parts.length - 1;
	for (; index >= first; index--) {
		const tokens = tokenizer.tokenize(parts[index] ?? '');
		if (tokens.length > left) {
			break;
		}
		left -= tokens.length;
		taken.push(tokens);
	}
	if (taken.length === 0) {
		return cutLine(tokenizer, parts.at(-1) ?? '', budget);
	}
	return { tokens: taken.reverse().flat(), anchor: anchorOf(parts.slice(index + 1).join('')) };
}

/** For a line longer than the budget. Each round drops at least a twentieth, so there are few. */
function cutLine(tokenizer: Tokenizer, line: string, budget: number): PrefixWindow {
	let part = line;
	let tokens = tokenizer.tokenize(part);
	while (tokens.length > budget) {
		part = tailOf(part, Math.floor(((part.length * budget) / tokens.length) * 0.95));
		tokens = tokenizer.tokenize(part);
	}
	return { tokens, anchor: anchorOf(part) };
}

/**
 * The tokens of each line by itself, so that a keystroke changes those of the last line only. Gives up as soon as the
 * budget is passed, so that no more than that is ever tokenised.
 */
export function tokenizeLines(tokenizer: Tokenizer, text: string, budget: number): readonly TokenId[] | undefined {
	const tokens: TokenId[] = [];
	for (const part of splitAtLines(text)) {
		tokens.push(...tokenizer.tokenize(part));
		if (tokens.length > budget) {
			return undefined;
		}
	}
	return tokens;
}

function anchorOf(text: string): string {
	return headOf(text, anchorLength);
}

/** The start of `text`: whole lines while they fit in the budget; of a first line that does not fit, its start. */
export function windowAfter(tokenizer: Tokenizer, text: string, budget: number): readonly TokenId[] {
	const parts = splitAtLines(headOf(text, Math.max(0, budget) * charactersPerToken));
	const tokens: TokenId[] = [];
	for (const part of parts) {
		const next = tokenizer.tokenize(part);
		if (tokens.length + next.length > budget) {
			return tokens.length === 0 ? next.slice(0, budget) : tokens;
		}
		tokens.push(...next);
	}
	return tokens;
}
