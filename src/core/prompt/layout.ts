import type { FimFormat } from './fim/detectFormat';
import { tailOf } from './layoutText';
import { windowAfter, windowBefore } from './layoutWindow';
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

export interface Layout {
	readonly tokens: readonly TokenId[];
	/** To be given to the next layout for the same model: keeps the window's start where it is. */
	readonly anchor: string;
	/** How many pieces went in. */
	readonly pieces: number;
}

/** Enough to see how the code goes on; more of it is paid for at each edit below the cursor. Tokens. */
const mostSuffix = 256;
const suffixShare = 0.25;
const piecesShare = 0.3;
/** Below this a piece says nothing. Tokens. */
const leastPiece = 16;
/** A path is cut to its end; the file's own name says most. UTF-16 units. */
const longestPath = 120;
const mostPath = 40;

/**
 * Lays out a fill-in-the-middle prompt of at most `budget` tokens: pieces of other files, the current path, then the
 * text around the cursor in the order of the model's family. Text becomes tokens through the tokeniser, which never
 * yields control tokens; these are added by id.
 * @param anchor `anchor` of the previous layout, or empty.
 */
export function layoutPrompt(
	format: FimFormat,
	tokenizer: Tokenizer,
	input: LayoutInput,
	{ budget, anchor }: { readonly budget: number; readonly anchor: string },
): Layout {
	const bos = format.bos === undefined ? [] : [format.bos];
	const middle = format.middle === undefined ? [] : [format.middle];
	const header = fileHeader(format, tokenizer, input.path);
	const context = layoutPieces(format, tokenizer, input.pieces, Math.floor(budget * piecesShare));
	const suffix = windowAfter(tokenizer, input.suffix, Math.min(mostSuffix, Math.floor(budget * suffixShare)));
	const fixed = bos.length + middle.length + 2 + header.length + context.tokens.length + suffix.length;
	const window = windowBefore(tokenizer, input.prefix, Math.max(0, budget - fixed), anchor);
	const files = [...context.tokens, ...header];
	// Marks that are plain text belong to the text before the cursor; marks that are control tokens stand in front.
	const [front, inside] = format.file?.kind === 'text' ? [[], files] : [files, []];
	const before = [format.prefix, ...inside, ...window.tokens];
	const after = [format.suffix, ...suffix];
	const body = format.order === 'prefix-suffix-middle' ? [...before, ...after] : [...after, ...before];
	return {
		tokens: [...bos, ...front, ...body, ...middle],
		anchor: window.anchor,
		pieces: context.count,
	};
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

function fileHeader({ file }: FimFormat, tokenizer: Tokenizer, path: string): readonly TokenId[] {
	if (file === undefined) {
		return [];
	}
	const line = `${tailOf(path.replaceAll('\n', ' '), longestPath)}\n`;
	const tokens = tokenizer.tokenize(file.kind === 'text' ? file.text + line : line).slice(-mostPath);
	return file.kind === 'token' ? [file.token, ...tokens] : tokens;
}
