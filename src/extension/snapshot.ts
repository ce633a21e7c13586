import * as vscode from 'vscode';
import { longestParsed } from '../core/completion/syntaxScope';
import type { DocumentSnapshot } from '../core/text/documentSnapshot';
import { displayPath } from './displayPath';

/**
 * How much of a document a completion may look at, in lines and UTF-16 units. Four times what fits the largest context
 * window in use (4 096 tokens of about 3.3 characters), so that the token budget decides and not this.
 */
const before = { lines: 512, characters: 48_000 };
const after = { lines: 256, characters: 16_000 };

/** The window starts at a multiple of this many lines, so that typing leaves its start, and the KV cache, alone. */
const lineQuantum = 64;

/** A bounded copy of the text around the cursor: a 200 000-line file and a 1 MB line cost the same as a small one. */
export function snapshotOf(document: vscode.TextDocument, position: vscode.Position): DocumentSnapshot {
	return {
		uri: document.uri.toString(),
		path: displayPath(document.uri),
		languageId: document.languageId,
		version: document.version,
		prefix: textBefore(document, position),
		suffix: textAfter(document, position),
	};
}

/**
 * What the document has before the window around one position and behind that around another, which differ where a suggest
 * widget is open; `undefined` where all of it would be too long to parse.
 */
export function textBeyond(
	document: vscode.TextDocument,
	first: vscode.Position,
	last: vscode.Position,
): { readonly before: string; readonly after: string } | undefined {
	const end = document.lineAt(document.lineCount - 1).range.end;
	if (document.offsetAt(end) > longestParsed) {
		return undefined;
	}
	const [from, to] = [windowStart(document, first), windowEnd(document, last)];
	return {
		before: normalized(document.getText(new vscode.Range(new vscode.Position(0, 0), from))),
		after: normalized(document.getText(new vscode.Range(to, end))),
	};
}

function textBefore(document: vscode.TextDocument, position: vscode.Position): string {
	return normalized(document.getText(new vscode.Range(windowStart(document, position), position)));
}

function windowStart(document: vscode.TextDocument, position: vscode.Position): vscode.Position {
	const earliest = Math.max(0, Math.floor((position.line - before.lines) / lineQuantum) * lineQuantum);
	const room = before.characters - position.character;
	const first = room <= 0 ? position.line : walk(document, position.line, earliest, room);
	return new vscode.Position(first, first === position.line ? Math.max(0, -room) : 0);
}

function textAfter(document: vscode.TextDocument, position: vscode.Position): string {
	return normalized(document.getText(new vscode.Range(position, windowEnd(document, position))));
}

function windowEnd(document: vscode.TextDocument, position: vscode.Position): vscode.Position {
	const last = Math.min(document.lineCount - 1, position.line + after.lines);
	const rest = document.lineAt(position.line).text.length - position.character;
	const room = after.characters - rest;
	const end = room <= 0 ? position.line : walk(document, position.line, last, room);
	const character = room <= 0 ? position.character + after.characters : document.lineAt(end).text.length;
	return new vscode.Position(end, character);
}

/** The furthest line from `from` towards `to` such that the lines between hold no more than `room` characters. */
function walk(document: vscode.TextDocument, from: number, to: number, room: number): number {
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

function normalized(text: string): string {
	return text.replaceAll('\r\n', '\n');
}
