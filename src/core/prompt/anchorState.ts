import { hasTextRight, isSame, isSuffixStillValid } from './frozenSuffix';
import { headOf } from './layoutText';

/** The text around the cursor in one file, with LF line ends. */
export interface CursorText {
	readonly path: string;
	readonly prefix: string;
	readonly suffix: string;
}

/**
 * A place in a file from which a prompt is laid out. Its texts stay what they were while the user types on from there:
 * what was typed since stands behind them in the prompt, so that a keystroke appends and changes nothing.
 */
export interface PromptAnchor {
	readonly path: string;
	/** The text before the anchor. */
	readonly before: string;
	/** The text after the cursor when the anchor was set. */
	readonly after: string;
}

/** How long the user has rested: a moment between two thoughts, or some seconds. */
export type Rest = 'short' | 'long';

export interface AnchoredText {
	readonly anchor: PromptAnchor;
	/** From the anchor to the cursor. */
	readonly typed: string;
}

/**
 * UTF-16 units typed since the anchor from which on it moves: at the next line start, and in the middle of a line. A
 * move evaluates what was typed and the text after the cursor, some 400 tokens, so this adds less than a token a key.
 */
const longTyped = 600;
const longestTyped = 1000;
/** Enough not to stand in a text twice by chance. UTF-16 units. */
const probeLength = 200;

/**
 * Keeps the anchor while the cursor's place follows from it by typing and taking back. It is set anew after a jump, an
 * edit before it, a real change after the cursor, and when much was typed.
 */
export function followAnchor(previous: PromptAnchor | undefined, now: CursorText): AnchoredText {
	const typed = previous === undefined ? undefined : typedSince(previous, now);
	return previous === undefined || typed === undefined ? setAnchor(now) : { anchor: previous, typed };
}

/**
 * An anchor at the start of the cursor's line. With text to the right of the cursor it is the cursor itself: models
 * have learnt to fill a gap within a line from its edges.
 */
export function setAnchor({ path, prefix, suffix }: CursorText): AnchoredText {
	const lineStart = prefix.lastIndexOf('\n') + 1;
	const isGap = hasTextRight(suffix) || prefix.length - lineStart > longestTyped;
	return anchorAt({ path, prefix, suffix }, isGap ? prefix.length : lineStart);
}

/** @param at where in `prefix` the anchor is. */
export function anchorAt({ path, prefix, suffix }: CursorText, at: number): AnchoredText {
	return { anchor: { path, before: prefix.slice(0, at), after: suffix }, typed: prefix.slice(at) };
}

/** For prompts that begin with the suffix: only the suffix has to stay the same. */
export function followSuffix(previous: PromptAnchor | undefined, { path, suffix }: CursorText): PromptAnchor {
	const keeps = previous?.path === path && isSuffixStillValid(previous.after, suffix);
	return keeps ? previous : { path, before: '', after: suffix };
}

/** For prompts without a suffix: only the file has to stay the same. */
export function followPath(previous: PromptAnchor | undefined, path: string): PromptAnchor {
	return previous?.path === path ? previous : { path, before: '', after: '' };
}

/** True when the anchor should be set anew while the user rests, not at a later key: much was typed after it, or the suffix is stale. */
export function isStale(anchor: PromptAnchor | undefined, now: CursorText, rest: Rest | undefined): boolean {
	const typed = anchor?.path !== now.path || rest === undefined ? '' : (behind(anchor.before, now.prefix) ?? '');
	return typed.length > longTyped || isSuffixStale(anchor, now, rest);
}

/** In a long rest the suffix is evaluated again even where it is still valid, unless it is the same text. */
export function isSuffixStale(anchor: PromptAnchor | undefined, now: CursorText, rest: Rest | undefined): boolean {
	return anchor?.path === now.path && rest === 'long' && !isSame(anchor.after, now.suffix);
}

function typedSince(anchor: PromptAnchor, { path, prefix, suffix }: CursorText): string | undefined {
	if (anchor.path !== path || !isSuffixStillValid(anchor.after, suffix)) {
		return undefined;
	}
	const typed = behind(anchor.before, prefix);
	return typed === undefined || isLong(typed) ? undefined : typed;
}

function isLong(typed: string): boolean {
	return typed.length > longestTyped || (typed.length > longTyped && /\n\s*$/.test(typed));
}

/** The part of `prefix` after `before`. `before` may start earlier, because the window of a long file moves. */
function behind(before: string, prefix: string): string | undefined {
	if (prefix.startsWith(before)) {
		return prefix.slice(before.length);
	}
	const start = before.indexOf(headOf(prefix, probeLength));
	const rest = start === -1 ? before : before.slice(start);
	return prefix.startsWith(rest) ? prefix.slice(rest.length) : undefined;
}
