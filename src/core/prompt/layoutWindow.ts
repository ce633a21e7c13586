import { headOf, tailOf } from './layoutText';
import type { TokenId, Tokenizer } from './tokenizer';

/** The part of the text before the cursor that goes into the prompt. */
export interface PrefixWindow {
	readonly text: string;
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
 * Chooses the end of `prefix`, at most `budget` tokens, starting between two lines where a line fits. While typing
 * goes on, the start stays where it was (`anchor`), because moving it costs the KV cache of the whole window.
 */
export function windowBefore(tokenizer: Tokenizer, prefix: string, budget: number, anchor = ''): PrefixWindow {
	const tail = tailOf(prefix, budget * charactersPerToken);
	const isWhole = tail.length === prefix.length;
	const tokensOfTail = isWhole ? tokenizeParts(tokenizer, tail, budget) : undefined;
	if (tokensOfTail !== undefined) {
		return windowOf(tail, tokensOfTail);
	}
	return anchored(tokenizer, tail, budget, anchor) ?? fresh(tokenizer, tail, isWhole, Math.floor(budget * freshShare));
}

function anchored(tokenizer: Tokenizer, tail: string, budget: number, anchor: string): PrefixWindow | undefined {
	const start = anchor === '' ? -1 : tail.indexOf(anchor);
	if (start === -1) {
		return undefined;
	}
	const text = tail.slice(start);
	const tokens = tokenizeParts(tokenizer, text, budget);
	return tokens === undefined || tokens.length < budget * leastShare ? undefined : { text, tokens, anchor };
}

function fresh(tokenizer: Tokenizer, tail: string, isWhole: boolean, budget: number): PrefixWindow {
	const parts = tokenizer.split(tail);
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
	return windowOf(parts.slice(index + 1).join(''), taken.reverse().flat());
}

/** For a line longer than the budget. Each round drops at least a twentieth, so there are few. */
function cutLine(tokenizer: Tokenizer, line: string, budget: number): PrefixWindow {
	let part = line;
	let tokens = tokenizer.tokenize(part);
	while (tokens.length > budget) {
		part = tailOf(part, Math.floor(((part.length * budget) / tokens.length) * 0.95));
		tokens = tokenizer.tokenize(part);
	}
	return windowOf(part, tokens);
}

function windowOf(text: string, tokens: readonly TokenId[]): PrefixWindow {
	return { text, tokens, anchor: headOf(text, anchorLength) };
}

/**
 * The tokens of a text, part by part, so that a keystroke changes those of the last part only. Gives up as soon as the
 * budget is passed, so that no more than that is ever tokenised.
 */
export function tokenizeParts(tokenizer: Tokenizer, text: string, budget: number): readonly TokenId[] | undefined {
	const tokens: TokenId[] = [];
	for (const part of tokenizer.split(text)) {
		tokens.push(...tokenizer.tokenize(part));
		if (tokens.length > budget) {
			return undefined;
		}
	}
	return tokens;
}

/**
 * The tokens of a window with a line in front of it, as the tokeniser gives them for both together: it may join the line end
 * and the indentation behind it.
 * @param line without a line end.
 */
export function joinLine(tokenizer: Tokenizer, line: string, window: PrefixWindow): readonly TokenId[] {
	const [first = ''] = tokenizer.split(window.text);
	const lineEnd = first.startsWith('\n') ? '' : '\n';
	const rest = window.tokens.slice(tokenizer.tokenize(first).length);
	return [...tokenizer.split(line + lineEnd + first).flatMap(part => tokenizer.tokenize(part)), ...rest];
}

/** The start of `text`: whole lines while they fit in the budget; the start of a first line that does not fit. */
export function windowAfter(tokenizer: Tokenizer, text: string, budget: number): readonly TokenId[] {
	const tokens: TokenId[] = [];
	for (const part of tokenizer.split(headOf(text, Math.max(0, budget) * charactersPerToken))) {
		const next = tokenizer.tokenize(part);
		if (tokens.length + next.length > budget) {
			return tokens.length === 0 ? next.slice(0, budget) : tokens;
		}
		tokens.push(...next);
	}
	return tokens;
}
