import { opensBlock } from '../postprocess/blocks';
import { indentOf } from '../postprocess/lines';
import { isWorthHiding } from './lexemes';

export interface LineInFile {
	readonly lines: readonly string[];
	/** For each line, see `codeLines`. */
	readonly isCode: readonly boolean[];
	readonly index: number;
	readonly languageId: string;
}

/** A block of more lines is not shown in one piece anyway. Without blank ones. */
const mostLines = 10;

/**
 * The text of the block that the line at `index` opens with `{` or `:`, from after that sign to the end of the last
 * line that is indented deeper. `undefined` where it opens none, or one that is empty, longer than ten lines, begins with a
 * comment or has no closing brace at the line's own indentation.
 */
export function blockBelow({ lines, isCode, index, languageId }: LineInFile): string | undefined {
	const line = lines[index] ?? '';
	if (!/[{:]$/.test(line) || !opensBlock(line, languageId)) {
		return undefined;
	}
	const near = lines.slice(index + 1, index + 2 + 2 * mostLines);
	const { body, next } = deeperLines(near, indentOf(line).length);
	const firstFilled = body.findIndex(isFilled);
	const isEnded = line.endsWith(':') || closes(next, indentOf(line).length);
	const isWhole = next !== undefined || index + 1 + near.length === lines.length;
	const isShort = isWhole && body.filter(isFilled).length <= mostLines;
	const text = ['', ...body].join('\n');
	return isEnded && isShort && isCode[index + 1 + firstFilled] === true && isWorthHiding(text) ? text : undefined;
}

/** Without blank lines at the end; `next` is the filled line behind them. */
function deeperLines(lines: readonly string[], depth: number): { body: readonly string[]; next: string | undefined } {
	const end = lines.findIndex(line => isFilled(line) && indentOf(line).length <= depth);
	const deeper = end === -1 ? lines : lines.slice(0, end);
	return { body: deeper.slice(0, deeper.findLastIndex(isFilled) + 1), next: end === -1 ? undefined : lines[end] };
}

function closes(line: string | undefined, depth: number): boolean {
	return line !== undefined && indentOf(line).length === depth && line.trimStart().startsWith('}');
}

function isFilled(line: string): boolean {
	return line.trim() !== '';
}
