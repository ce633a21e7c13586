import { indentation } from './stopText';

/** A line that begins a block whose end is told by indentation alone. */
const header =
	/^\s*(?:async\s+)?(?:def|class|if|elif|else|for|while|with|try|except|finally|match|case)\b.*:\s*(?:#.*)?$/;
const docstringEnd = /("""|''')\s*$/;

/**
 * How many columns the first line of an answer has to be indented by: behind the header of a block that has no statement yet, deeper than
 * the header; a docstring is none. Small models end a function there, and write an example of its use in column 0.
 * @param prefix up to the cursor.
 * @returns 0 where any indentation is possible, or where the cursor's line has begun.
 */
export function leastIndentation(prefix: string): number {
	const lines = prefix.split('\n');
	if (lines.pop()?.trim() !== '') {
		return 0;
	}
	const above = lines[headerLine(lines)];
	return above !== undefined && header.test(above) ? indentation(above) + 1 : 0;
}

/** The last line that holds something, comments and a docstring left out; -1 if there is none. */
function headerLine(lines: readonly string[]): number {
	const last = lastCode(lines, lines.length - 1);
	const [, quotes] = docstringEnd.exec(lines[last] ?? '') ?? [];
	return quotes === undefined ? last : lastCode(lines, docstringStart(lines, last, quotes) - 1);
}

function lastCode(lines: readonly string[], from: number): number {
	return lines.findLastIndex((line, index) => index <= from && !/^\s*(?:#.*)?$/.test(line));
}

/** The line that a docstring begins in; `last` itself if it has one line, -1 if the text is no docstring. */
function docstringStart(lines: readonly string[], last: number, quotes: string): number {
	const begins = (line: string): boolean =>
		line
			.trimStart()
			.replace(/^[rRuU]/, '')
			.startsWith(quotes);
	const own = lines[last] ?? '';
	if (begins(own) && own.trim().length > quotes.length) {
		return last;
	}
	return lines.findLastIndex((line, index) => index < last && begins(line));
}
