/** A document by its lines, as an editor has it. */
export interface LinedText {
	/** At least 1. */
	readonly lineCount: number;
	/** @param line from 0. */
	lineAt(line: number): { readonly text: string };
}

/** @param lines at least one, without their ends. */
export function linedText(lines: readonly string[]): LinedText {
	return { lineCount: lines.length, lineAt: line => ({ text: lines[line] ?? '' }) };
}

/** From 0; UTF-16 units. */
export interface TextPlace {
	readonly line: number;
	readonly character: number;
}

/**
 * How much of a document a completion may look at, in lines and UTF-16 units. Four times what fits the largest context
 * window in use (4 096 tokens of about 3.3 characters), so that the token budget decides and not this.
 */
const before = { lines: 512, characters: 48_000 };
const after = { lines: 256, characters: 16_000 };

/** The window starts at a multiple of this many lines, so that typing leaves its start, and the KV cache, alone. */
const lineQuantum = 64;

/** Where the window before a place begins. A 200 000-line file and a 1 MB line cost the same as a small one. */
export function windowStart(document: LinedText, { line, character }: TextPlace): TextPlace {
	const earliest = Math.max(0, Math.floor((line - before.lines) / lineQuantum) * lineQuantum);
	const room = before.characters - character;
	if (room <= 0) {
		return { line, character: wholeCharacter(document.lineAt(line).text, -room) };
	}
	return { line: walk(document, line, earliest, room), character: 0 };
}

/** Where the window behind a place ends. */
export function windowEnd(document: LinedText, { line, character }: TextPlace): TextPlace {
	const last = Math.min(document.lineCount - 1, line + after.lines);
	const { text } = document.lineAt(line);
	const room = after.characters - (text.length - character);
	if (room <= 0) {
		return { line, character: wholeCharacter(text, character + after.characters) };
	}
	const end = walk(document, line, last, room);
	return { line: end, character: document.lineAt(end).text.length };
}

/** The text between two places, LF line ends. */
export function textBetween(document: LinedText, from: TextPlace, to: TextPlace): string {
	const lines: string[] = [];
	for (let line = from.line; line <= to.line; line++) {
		const { text } = document.lineAt(line);
		const start = line === from.line ? from.character : 0;
		lines.push(text.slice(start, line === to.line ? to.character : undefined));
	}
	return lines.join('\n');
}

/** The furthest line from `from` towards `to` such that the lines between hold no more than `room` characters. */
function walk(document: LinedText, from: number, to: number, room: number): number {
	const step = Math.sign(to - from);
	let line = from;
	let left = room;
	while (line !== to) {
		left -= document.lineAt(line + step).text.length + 1;
		if (left < 0) {
			break;
		}
		line += step;
	}
	return line;
}

/** A cut between the halves of a surrogate pair moves behind it. */
function wholeCharacter(text: string, index: number): number {
	const unit = text.charCodeAt(index);
	return unit >= 0xdc00 && unit <= 0xdfff ? index + 1 : index;
}
