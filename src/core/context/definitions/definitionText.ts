import { indentOf } from '../../postprocess/lines';

/** Some consecutive lines; `start` from 0, `end` behind the last. */
export interface Lines {
	readonly start: number;
	readonly end: number;
	readonly text: string;
}

/** The first lines of a definition hold what its use needs: signature, fields, the doc comment's last lines. */
const mostLines = 14;
const mostComment = 3;
/** Longer lines are data. UTF-16 units. */
const longestLine = 300;

/**
 * A definition that begins in `line` (from 0), as far as it is worth showing: the end of the comment above it, its first lines,
 * no more than it has. `undefined` where that line holds data.
 */
export function definitionText(lines: readonly string[], line: number): Lines | undefined {
	const first = lines[line];
	if (first === undefined || first.trim() === '' || first.length > longestLine) {
		return undefined;
	}
	let start = line;
	while (line - start < mostComment && isComment(lines[start - 1])) {
		start--;
	}
	const end = endOf(lines, line);
	return { start, end, text: lines.slice(start, end).join('\n') };
}

function isComment(line: string | undefined): boolean {
	return line !== undefined && line.length <= longestLine && /^\s*(?:\/\/|\/\*|\*|#|@\w)/.test(line);
}

/** The line behind the last one that is indented deeper, with the closer behind it. */
function endOf(lines: readonly string[], line: number): number {
	const depth = indentOf(lines[line] ?? '').length;
	let end = line + 1;
	for (let next = end; next < lines.length && next - line < mostLines; next++) {
		const text = lines[next] ?? '';
		if (text.length > longestLine) {
			break;
		}
		if (text.trim() === '') {
			continue;
		}
		const isDeeper = indentOf(text).length > depth;
		const isCloser = indentOf(text).length === depth && /^\s*[)\]}]/.test(text);
		if (!isDeeper && !isCloser) {
			break;
		}
		end = next + 1;
		// `): string {` goes on; `}` does not.
		if (isCloser && !/[{(:]\s*$/.test(text)) {
			break;
		}
	}
	return end;
}
