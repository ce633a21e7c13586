import * as vscode from 'vscode';
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

function textBefore(document: vscode.TextDocument, position: vscode.Position): string {
	const earliest = Math.max(0, Math.floor((position.line - before.lines) / lineQuantum) * lineQuantum);
	const room = before.characters - position.character;
	const first = room <= 0 ? position.line : walk(document, position.line, earliest, room);
	const start = new vscode.Position(first, first === position.line ? Math.max(0, -room) : 0);
	return normalized(document.getText(new vscode.Range(start, position)));
}

function textAfter(document: vscode.TextDocument, position: vscode.Position): string {
	const last = Math.min(document.lineCount - 1, position.line + after.lines);
	const rest = document.lineAt(position.line).text.length - position.character;
	const room = after.characters - rest;
	const end = room <= 0 ? position.line : walk(document, position.line, last, room);
	const character = room <= 0 ? position.character + after.characters : document.lineAt(end).text.length;
	return normalized(document.getText(new vscode.Range(position, new vscode.Position(end, character))));
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
