import { commentSyntax } from './commentSyntax';
import type { OpenLiteral } from './cursorRegion';

/** The Markdown of the comment that the text ends in, without comment signs, stars and the indentation that all lines share. */
export function commentText(text: string, comment: OpenLiteral, languageId: string): string {
	const sign = text.slice(comment.start, comment.start + comment.openLength);
	if (commentSyntax(languageId).line.includes(sign)) {
		return withoutIndent(lineComments(text, comment.start, sign)).join('\n');
	}
	const [first = '', ...rest] = text.slice(comment.start + comment.openLength).split('\n');
	const isStarred = sign.startsWith('/*') && rest.every(line => /^\s*(?:\*|$)/.test(line));
	const lines = isStarred ? rest.map(line => line.replace(/^\s*\*?/, '')) : rest;
	return [first.replace(/^[*!]?\s*/, ''), ...withoutIndent(lines)].join('\n');
}

/** The text behind the signs of a run of lines that are comments of the same kind and nothing else. */
function lineComments(text: string, start: number, sign: string): readonly string[] {
	const lines = text.slice(0, start).split('\n');
	const lead = lines.pop() ?? '';
	const found = [behindSign(text.slice(start), sign)];
	while (lead.trim() === '' && lines.at(-1)?.trimStart().startsWith(sign) === true) {
		found.unshift(behindSign((lines.pop() ?? '').trimStart(), sign));
	}
	return found;
}

/** Documentation comments repeat the last character of the sign or add a mark: `///`, `//!`, `##`. */
function behindSign(line: string, sign: string): string {
	const rest = line.slice(sign.length);
	return rest.startsWith(sign.slice(-1)) || rest.startsWith('!') ? rest.slice(1) : rest;
}

function withoutIndent(lines: readonly string[]): readonly string[] {
	const indents = lines.filter(line => line.trim() !== '').map(line => line.length - line.trimStart().length);
	const shared = indents.length === 0 ? 0 : Math.min(...indents);
	return lines.map(line => line.slice(shared));
}
