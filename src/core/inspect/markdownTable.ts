import { codeSpan } from '../explain/inertMarkdown';

/** Longest text shown in a cell; the whole text is elsewhere on the page. Characters. */
const longestInCell = 120;

/** A table of GitHub's Markdown. Cells are Markdown of one line; empty ones are allowed. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]): string => `| ${cells.map(escapePipes).join(' | ')} |`;
	return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Code in a cell, as a string literal, so that spaces and line ends can be seen. */
export function literal(text: string): string {
	const code = JSON.stringify(text);
	return codeSpan(code.length <= longestInCell ? code : `${code.slice(0, longestInCell)}…`);
}

function escapePipes(cell: string): string {
	return cell.replaceAll('|', '\\|');
}
