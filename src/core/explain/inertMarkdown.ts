/**
 * Markdown that says what a text says and does nothing. It is for the document a user opens from an explanation: VS Code's
 * preview loads remote images, follows links and, with `linkify`, makes links of bare addresses. Only structure that this
 * file writes itself survives: paragraphs, headings, list markers, code spans, fenced blocks.
 */

const asciiPunctuation = /[!-/:-@[-`{-~]/g;

/** One line in which no character is Markdown. A backslash before punctuation also keeps linkify from seeing an address. */
export function escapeLine(text: string): string {
	return text.replace(/\s+/g, ' ').trim().replace(asciiPunctuation, '\\$&');
}

/** The longest run of backticks in the text, which a delimiter around it has to exceed. */
function longestRun(text: string): number {
	return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** Text as a fenced block whose fence is longer than any inside it. */
export function fenced(text: string, languageId = ''): string {
	const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
	const info = /^[\w+#-]*$/.test(languageId) ? languageId : '';
	return `${fence}${info}\n${text.replace(/\r\n?/g, '\n').replace(/\n$/, '')}\n${fence}`;
}

/** Text as a code span on one line; nothing for blank text, which Markdown has no code span for. */
export function codeSpan(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	if (line === '') {
		return '';
	}
	const delimiter = '`'.repeat(longestRun(line) + 1);
	const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
	return `${delimiter}${pad}${line}${pad}${delimiter}`;
}

/** Prose of the model or of a language server, as inert Markdown that keeps its headings, lists, code spans and blocks. */
export function inertMarkdown(source: string): string {
	const lines = source.replace(/\r\n?/g, '\n').split('\n');
	const written: string[] = [];
	for (let index = 0; index < lines.length; index++) {
		const opening = /^\s{0,8}(`{3,}|~{3,})\s*([\w+#-]*)[^`]*$/.exec(lines[index] ?? '');
		if (opening === null) {
			written.push(inertLine(lines[index] ?? ''));
			continue;
		}
		const end = closingFence(lines, index + 1, opening[1] ?? '');
		written.push('', fenced(lines.slice(index + 1, end).join('\n'), opening[2]), '');
		index = end;
	}
	return written
		.join('\n')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
}

/** Index of the line that closes the fence, or past the end: a stream may stop inside a block. */
function closingFence(lines: readonly string[], from: number, fence: string): number {
	const isClosing = (line: string) => {
		const text = line.trim();
		return text.length >= fence.length && text === (fence[0] ?? '').repeat(text.length);
	};
	const found = lines.findIndex((line, index) => index >= from && isClosing(line));
	return found === -1 ? lines.length : found;
}

function inertLine(line: string): string {
	const marker = /^( {0,12}(?:[-*+]|\d{1,3}[.)]) +|#{1,6} +)?(.*)$/s.exec(line);
	const start = (marker?.[1] ?? '').replace(/^ +/, indent => ' '.repeat(indent.length > 1 ? 2 : 0));
	return start + inertSpans(marker?.[2] ?? '');
}

/** Code spans of one backtick are kept as code; everything between them is escaped. */
function inertSpans(text: string): string {
	return text
		.split(/(`[^`]+`)/)
		.map((part, index) => (index % 2 === 1 ? codeSpan(part.slice(1, -1)) : escapeKeepingEnds(part)))
		.join('')
		.trim();
}

function escapeKeepingEnds(part: string): string {
	const escaped = escapeLine(part);
	const before = /^\s/.test(part) ? ' ' : '';
	const after = escaped !== '' && /\s$/.test(part) ? ' ' : '';
	return before + escaped + after;
}
