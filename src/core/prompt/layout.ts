import {
	anchorAt,
	followAnchor,
	followSuffix,
	isSuffixWorn,
	isWorn,
	type AnchoredText,
	type PromptAnchor,
	type Rest,
} from './anchorState';
import type { FimFormat } from './fim/detectFormat';
import { tailOf } from './layoutText';
import { tokenizeLines, windowAfter, windowBefore } from './layoutWindow';
import type { TokenId, Tokenizer } from './tokenizer';

/** A piece of another file. */
export interface Piece {
	readonly path: string;
	readonly text: string;
}

/** What is known at the cursor. Texts have LF line ends. */
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
const mostPath = 40;

/**
 * Lays out a fill-in-the-middle prompt of at most `budget` tokens: pieces of other files, the current path, then the
 * text around the cursor in the order of the model's family. Text becomes tokens through the tokeniser, which never
 * yields control tokens; these are added by id.
 *
 * Families that want the answer right behind the text after the cursor get `PRE P SUF S MID T`, P being the text before
 * the anchor, T the text typed since: the start of the middle, as it were, which the model goes on with. So a keystroke
 * does not change what stands in front of S.
 */
export function layoutPrompt(
	format: FimFormat,
	tokenizer: Tokenizer,
	input: LayoutInput,
	options: LayoutOptions,
): Layout {
	const { budget, state } = options;
	const { anchor, before, typed } = divide(format, tokenizer, input, options);
	const bos = format.bos === undefined ? [] : [format.bos];
	const middle = format.middle === undefined ? [] : [format.middle];
	const header = fileHeader(format, tokenizer, input.path);
	const context = layoutPieces(format, tokenizer, input.pieces, Math.floor(budget * piecesShare));
	const suffix = windowAfter(tokenizer, anchor.after, Math.min(mostSuffix, Math.floor(budget * suffixShare)));
	const fixed = bos.length + middle.length + 2 + header.length + context.tokens.length + suffix.length;
	const room = Math.max(0, budget - fixed - (isAnchored(format) ? typedRoom(budget) : 0));
	const window = windowBefore(tokenizer, before, room, state?.windowStart);
	const files = [...context.tokens, ...header];
	// Marks that are plain text belong to the text before the cursor; marks that are control tokens stand in front.
	const [front, inside] = format.file?.kind === 'text' ? [[], files] : [files, []];
	const start = [format.prefix, ...inside, ...window.tokens];
	const end = [format.suffix, ...suffix];
	const body = isAnchored(format) ? [...start, ...end] : [...end, ...start];
	return {
		tokens: [...bos, ...front, ...body, ...middle, ...typed],
		state: { anchor, windowStart: window.anchor },
		pieces: context.count,
		open: format.middle === undefined ? window.tokens.length : typed.length,
	};
}

interface Division {
	readonly anchor: PromptAnchor;
	/** The text that goes in front of the answer's place. */
	readonly before: string;
	/** Tokens of the text between that place and the cursor. */
	readonly typed: readonly TokenId[];
}

function divide(
	format: FimFormat,
	tokenizer: Tokenizer,
	input: LayoutInput,
	{ budget, state, rest }: LayoutOptions,
): Division {
	const last = state?.anchor;
	if (!isAnchored(format)) {
		const kept = isSuffixWorn(last, input, rest) ? undefined : last;
		return { anchor: followSuffix(kept, input), before: input.prefix, typed: [] };
	}
	const tokens = ({ typed }: AnchoredText): readonly TokenId[] | undefined =>
		tokenizeLines(tokenizer, typed, typedRoom(budget));
	const followed = followAnchor(isWorn(last, input, rest) ? undefined : last, input);
	const fitting = tokens(followed);
	if (fitting !== undefined) {
		return { anchor: followed.anchor, before: followed.anchor.before, typed: fitting };
	}
	// Text that makes uncommonly many tokens: nothing is typed behind the cursor itself.
	const { anchor } = anchorAt(input, input.prefix.length);
	return { anchor, before: anchor.before, typed: [] };
}

function isAnchored({ order }: FimFormat): boolean {
	return order === 'prefix-suffix-middle';
}

function typedRoom(budget: number): number {
	return Math.min(mostTyped, Math.floor(budget * typedShare));
}

function layoutPieces(
	format: FimFormat,
	tokenizer: Tokenizer,
	pieces: readonly Piece[],
	budget: number,
): { tokens: readonly TokenId[]; count: number } {
	const tokens: TokenId[] = [];
	let count = 0;
	for (const piece of format.file === undefined ? [] : pieces) {
		const header = fileHeader(format, tokenizer, piece.path);
		const left = budget - tokens.length - header.length;
		if (left < leastPiece) {
			break;
		}
		tokens.push(...header, ...windowAfter(tokenizer, endLine(piece.text), left));
		count++;
	}
	return { tokens, count };
}

/** The next file's mark stands on a line of its own. */
function endLine(text: string): string {
	return text.endsWith('\n') ? text : `${text}\n`;
}

/** The mark of a file and the end of its path. Nothing for a family that was not trained on several files. */
export function fileHeader({ file }: Pick<FimFormat, 'file'>, tokenizer: Tokenizer, path: string): readonly TokenId[] {
	if (file === undefined) {
		return [];
	}
	const line = `${tailOf(path.replaceAll('\n', ' '), longestPath)}\n`;
	const tokens = tokenizer.tokenize(file.kind === 'text' ? file.text + line : line).slice(-mostPath);
	return file.kind === 'token' ? [file.token, ...tokens] : tokens;
}
