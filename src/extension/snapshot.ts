import * as vscode from 'vscode';
import { longestParsed } from '../core/completion/syntaxScope';
import type { DocumentSnapshot } from '../core/text/documentSnapshot';
import { windowEnd, windowStart, type TextPlace } from '../core/text/documentWindow';
import { displayPath } from './displayPath';

/** A bounded copy of the text around the cursor. */
export function snapshotOf(document: vscode.TextDocument, position: vscode.Position): DocumentSnapshot {
	return {
		uri: document.uri.toString(),
		path: displayPath(document.uri),
		languageId: document.languageId,
		version: document.version,
		prefix: textBetween(document, windowStart(document, position), position),
		suffix: textBetween(document, position, windowEnd(document, position)),
	};
}

/**
 * The text before the window around one position and after the window around another, which differ where a suggest
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
	return {
		before: textBetween(document, { line: 0, character: 0 }, windowStart(document, first)),
		after: textBetween(document, windowEnd(document, last), end),
	};
}

function textBetween(document: vscode.TextDocument, from: TextPlace, to: TextPlace): string {
	const range = new vscode.Range(from.line, from.character, to.line, to.character);
	return document.getText(range).replaceAll('\r\n', '\n');
}
