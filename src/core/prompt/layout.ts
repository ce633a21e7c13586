import {
	anchorAt,
	followAnchor,
	followPath,
	followSuffix,
	isSuffixStale,
	isStale,
	type AnchoredText,
	type PromptAnchor,
	type Rest,
} from './anchorState';
import type { PromptFormat, ResolvedFileMark } from './fim/detectFormat';
import { tailOf } from './layoutText';
import { joinLine, tokenizeParts, windowAfter, windowBefore, type PrefixWindow } from './layoutWindow';
import type { TokenId, Tokenizer } from './tokenizer';

/** A piece of another file. */
export interface Piece {
	readonly path: string;
	readonly text: string;
}

/** The input for a prompt's layout. Texts have LF line ends. */
export interface LayoutInput {
	readonly path: string;
	readonly prefix: string;
	readonly suffix: string;
	/** Best first. They keep this order in the prompt, so that a longer list leaves the start of it unchanged. */
	readonly pieces: readonly Piece[];
}

/** To be given to the next layout for the same model: keeps the tokens in front of what is typed as they are. */
export interface LayoutState {
	readonly anchor: PromptAnchor;
	/** The first characters of the window before the anchor. */
	readonly windowStart: string;
}

export interface LayoutOptions {
	/** Tokens. */
	readonly budget: number;
	/** `state` of the previous layout. */
	readonly state?: LayoutState | undefined;
	/** The user rests: time to set the anchor anew where that would have to be done soon. */
	readonly rest?: Rest;
}

export interface Layout {
	readonly tokens: readonly TokenId[];
	readonly state: LayoutState;
	/** How many pieces went in. */
	readonly pieces: number;
	/** Tokens at the end that are the text before the cursor: the answer goes on from them, even within a word. */
	readonly open: number;
}

/** Enough to see how the code goes on; more of it is paid for at each edit below the cursor. Tokens. */
const mostSuffix = 256;
const suffixShare = 0.25;
const piecesShare = 0.3;
/** Room for what is typed since the anchor. Tokens. */
const mostTyped = 256;
const typedShare = 0.25;
/** Below this a piece says nothing. Tokens. */
const leastPiece = 16;
/** A path is cut to its end; the file's own name says most. UTF-16 units. */
const longestPath = 120;

/**
 * Lays out a prompt of at most `budget` tokens: pieces of other files, the current path, then the text around the cursor in
 * the order of the model's family. Text becomes tokens through the tokeniser, which never yields control tokens; these are
 * added by id.
 *
 * Families that want the answer right behind the text after the cursor get `PRE P SUF S MID T`, P being the text before
 * the anchor, T the text typed since: the start of the middle, as it were, which the model goes on with. So a keystroke
 * does not change what stands in front of S. A model that writes left to right gets the text before the cursor alone.
 */
export function layoutPrompt(
	format: PromptFormat,
	tokenizer: Tokenizer,
	input: LayoutInput,
	options: LayoutOptions,
): Layout {
	const { budget, state } = options;
	const { anchor, before, typed } = divide(format, tokenizer, input, options);
	const marks = marksOf(format);
	const context = layoutPieces(format.file, tokenizer, input.pieces, Math.floor(budget * piecesShare));
	const lead = fileLead(format.file, input.path);
	const leadTokens = tokenizer.tokenize(lead.line).length + lead.tokens.length + 1;
	const suffix =
		marks.suffix.length === 0
			? []
			: windowAfter(tokenizer, anchor.after, Math.min(mostSuffix, Math.floor(budget * suffixShare)));
	const fixed = marks.count + leadTokens + context.tokens.length + suffix.length;
	const room = Math.max(0, budget - fixed - (isAnchored(format) ? typedRoom(budget) : 0));
	const window = windowBefore(tokenizer, before, room, state?.windowStart);
	return {
		tokens: arrange(format, { ...marks, context: context.tokens, lead, suffix, window, typed, tokenizer }),
		state: { anchor, windowStart: window.anchor },
		pieces: context.count,
		open: marks.middle.length === 0 ? window.tokens.length : typed.length,
	};
}

/** The control tokens of a format but those of files, each a list of one token or none. */
interface Marks {
	readonly bos: readonly TokenId[];
	readonly prefix: readonly TokenId[];
	readonly suffix: readonly TokenId[];
	readonly middle: readonly TokenId[];
}

function marksOf(format: PromptFormat): Marks & { readonly count: number } {
	const list = (token: TokenId | undefined): readonly TokenId[] => (token === undefined ? [] : [token]);
	const { prefix, suffix, middle } =
		format.order === 'left-to-right' ? { prefix: undefined, suffix: undefined, middle: undefined } : format;
	const marks = { bos: list(format.bos), prefix: list(prefix), suffix: list(suffix), middle: list(middle) };
	return { ...marks, count: Object.values(marks).flat().length };
}

interface Parts extends Marks {
	readonly context: readonly TokenId[];
	readonly lead: FileLead;
	/** Tokens of the text after the cursor. */
	readonly suffix: readonly TokenId[];
	readonly window: PrefixWindow;
	readonly typed: readonly TokenId[];
	readonly tokenizer: Tokenizer;
}

/** Marks of files that are control tokens stand in front of all; those that are plain text belong to the text before the cursor. */
function arrange(format: PromptFormat, parts: Parts): readonly TokenId[] {
	const { bos, prefix, suffix, middle, context, lead, window, typed, tokenizer } = parts;
	if (format.order === 'left-to-right') {
		return [...bos, ...context, ...lead.tokens, ...withLine(tokenizer, lead.line, window)];
	}
	const isText = format.file?.kind === 'text';
	const front = isText ? [] : [...context, ...lead.tokens, ...tokenizer.tokenize(endLine(lead.line))];
	const before = isText ? [...context, ...withLine(tokenizer, lead.line, window)] : window.tokens;
	const start = [...prefix, ...before];
	const body = isAnchored(format) ? [...start, format.suffix, ...suffix] : [format.suffix, ...suffix, ...start];
	return [...bos, ...front, ...body, ...middle, ...typed];
}

function withLine(tokenizer: Tokenizer, line: string, window: PrefixWindow): readonly TokenId[] {
	return line === '' ? window.tokens : joinLine(tokenizer, line, window);
}

interface Division {
	readonly anchor: PromptAnchor;
	/** The text that goes in front of the answer's place. */
	readonly before: string;
	/** Tokens of the text between that place and the cursor. */
	readonly typed: readonly TokenId[];
}

function divide(
	format: PromptFormat,
	tokenizer: Tokenizer,
	input: LayoutInput,
	{ budget, state, rest }: LayoutOptions,
): Division {
	const last = state?.anchor;
	if (format.order === 'left-to-right') {
		return { anchor: followPath(last, input.path), before: input.prefix, typed: [] };
	}
	if (!isAnchored(format)) {
		const kept = isSuffixStale(last, input, rest) ? undefined : last;
		return { anchor: followSuffix(kept, input), before: input.prefix, typed: [] };
	}
	const tokens = ({ typed }: AnchoredText): readonly TokenId[] | undefined =>
		tokenizeParts(tokenizer, typed, typedRoom(budget));
	const followed = followAnchor(isStale(last, input, rest) ? undefined : last, input);
	const fitting = tokens(followed);
	if (fitting !== undefined) {
		return { anchor: followed.anchor, before: followed.anchor.before, typed: fitting };
	}
	// Text that makes uncommonly many tokens: nothing is typed behind the cursor itself.
	const { anchor } = anchorAt(input, input.prefix.length);
	return { anchor, before: anchor.before, typed: [] };
}

function isAnchored({ order }: PromptFormat): boolean {
	return order === 'prefix-suffix-middle';
}

function typedRoom(budget: number): number {
	return Math.min(mostTyped, Math.floor(budget * typedShare));
}

function layoutPieces(
	mark: ResolvedFileMark | undefined,
	tokenizer: Tokenizer,
	pieces: readonly Piece[],
	budget: number,
): { tokens: readonly TokenId[]; count: number } {
	const tokens: TokenId[] = [];
	let count = 0;
	for (const piece of mark === undefined ? [] : pieces) {
		const lead = fileLead(mark, piece.path);
		const left = budget - tokens.length - lead.tokens.length;
		if (left < tokenizer.tokenize(lead.line).length + leastPiece) {
			break;
		}
		tokens.push(...lead.tokens, ...windowAfter(tokenizer, endLine(endLine(lead.line) + piece.text), left));
		count++;
	}
	return { tokens, count };
}

/** A line that is the last of its text has an end, too: the next file's mark stands on a line of its own. */
function endLine(text: string): string {
	return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** How a file begins in the prompt: a control token or none, then a line of text, without its end, or nothing. */
export interface FileLead {
	readonly tokens: readonly TokenId[];
	readonly line: string;
}

/** The mark of a file and the end of its path. Nothing for a family that was not trained on several files. */
export function fileLead(mark: ResolvedFileMark | undefined, path: string): FileLead {
	if (mark === undefined) {
		return { tokens: [], line: '' };
	}
	const line = tailOf(path.replaceAll('\n', ' '), longestPath);
	return mark.kind === 'text' ? { tokens: [], line: mark.text + line } : { tokens: [mark.token], line };
}
