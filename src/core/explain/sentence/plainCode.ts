import { codeTexts } from '../calledNames';

/** Whole lines that are comments in one language or another: none of them says anything where it is none. */
const commentLine = /^[ \t]*(?:#|--|;+|%+|\/\/+)(?:[ \t].*)?$/gm;

/**
 * The code as a model is shown it that is to say what it does: without its comments, which would be repeated or obeyed, without
 * the strings that document Python, blank lines and the indentation that all lines share.
 */
export function plainCode(code: string, languageId: string): string {
	const { pattern, isComment } = codeTexts(languageId);
	const bare = code
		.replace(/\r\n?/g, '\n')
		.replace(pattern, (text, offset: number, whole: string) =>
			isComment(text) || isStatement(text, offset, whole) ? '' : text,
		);
	const lines = bare.replace(commentLine, '').split('\n');
	return dedent(lines.filter(line => line.trim() !== '').map(line => line.trimEnd()));
}

/** A string over several lines, or with three quotes, that nothing is done with. */
function isStatement(text: string, offset: number, whole: string): boolean {
	const lineStart = whole.lastIndexOf('\n', offset - 1) + 1;
	const after = /^[^\n]*/.exec(whole.slice(offset + text.length))?.[0] ?? '';
	return /^(?:"""|''')/.test(text) && (whole.slice(lineStart, offset) + after).trim() === '';
}

function dedent(lines: readonly string[]): string {
	const [first = ''] = lines;
	let shared = /^[ \t]*/.exec(first)?.[0].length ?? 0;
	while (!lines.every(line => line.startsWith(first.slice(0, shared)))) {
		shared--;
	}
	return lines.map(line => line.slice(shared)).join('\n');
}
