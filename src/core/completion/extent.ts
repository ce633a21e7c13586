import { opensBlock } from '../postprocess/blocks';
import { hasWord, indentOf, linesAbove } from '../postprocess/lines';
import { linePrefix, lineSuffix, type DocumentSnapshot } from '../text/documentSnapshot';
import { isProse } from '../text/proseLanguages';

/** Liking for several lines, see `LineTaste`: below the first, a block only behind an opener; below the second, nowhere. */
const likings = { fewBlocks: -0.3, noBlocks: -0.7 } as const;

/** The user's preferences, from a setting and from accepted suggestions. */
export interface ExtentWishes {
	readonly lines: 'auto' | 'single';
	/** From -1, takes single lines only, to 1, takes blocks whole; 0 where nothing is known. */
	readonly liking?: number;
}

/**
 * How much to ask for. One line, unless the place invites a block and the user takes blocks:
 * - the setting `single`, prose, or real text right of the cursor: one line;
 * - a blank line: a block where the line above opens one, or where it is indented, unless a statement of the same block
 *   follows at once or the lines around are entries of a list; else one line;
 * - the end of a line that opens a block (`{`, `=>`, `:` in Python, `do` in Ruby): a block, though not inside `${…}`, in
 *   the braces of an import, or between other brackets that are closed right there (`foo(‸)`, `= [‸]`);
 * - anything else: one line.
 */
export function chooseExtent(document: DocumentSnapshot, { lines, liking = 0 }: ExtentWishes): 'line' | 'block' {
	const rest = lineSuffix(document).trim();
	if (lines === 'single' || isProse(document.languageId) || hasWord(rest) || liking < likings.noBlocks) {
		return 'line';
	}
	const before = linePrefix(document);
	const isBlock =
		before.trim() === ''
			? isBlockAtBlankLine(document, rest, liking)
			: opensBlockHere(before, rest, document.languageId);
	return isBlock ? 'block' : 'line';
}

function isBlockAtBlankLine(document: DocumentSnapshot, rest: string, liking: number): boolean {
	const before = linePrefix(document);
	const above = linesAbove(document.prefix)[0];
	if (above === undefined || opensBlock(above, document.languageId)) {
		return above !== undefined;
	}
	const isInside = before !== '' && rest === '';
	return isInside && liking >= likings.fewBlocks && !isBetweenStatements(document, before) && !isInList(document);
}

/** The most tokens of a block: half as many for who takes lines only, twice as many for who takes blocks whole. */
export function blockTokens(usual: number, liking: number): number {
	return Math.round(usual * 2 ** liking);
}

/** The next line stands in the same block, with no blank line between: what is missing is a statement. */
function isBetweenStatements({ suffix }: DocumentSnapshot, before: string): boolean {
	const next = suffix.split('\n', 2)[1] ?? '';
	return next.trim() !== '' && indentOf(next).length >= before.length;
}

/** Lines above of one shape: entries of a list, cases, imports. The next one is written like them. */
const likeLines = 3;

function isInList({ prefix }: DocumentSnapshot): boolean {
	const shapes = linesAbove(prefix).slice(0, likeLines).map(shapeOf);
	return shapes.length === likeLines && shapes.every(shape => shape === shapes[0] && shape.length > 1);
}

/** A line with its words replaced, to compare lines by their punctuation. */
function shapeOf(line: string): string {
	return line.replace(/[\p{L}\p{N}\p{M}_$]+/gu, 'w').replace(/\s+/g, ' ');
}

const importBraces = /^\s*(?:import|export)\b[^=(]*\{$/;

function opensBlockHere(before: string, rest: string, languageId: string): boolean {
	const code = before.trimEnd();
	if (!opensBlock(code, languageId) || code.endsWith('${') || importBraces.test(code)) {
		return false;
	}
	return rest === '' || (code.endsWith('{') && rest.startsWith('}') && /(?:[)\w>]|=>|=)\s*\{$/.test(code));
}
