import type * as vscode from 'vscode';
import type { ExplainDocument, Place, TextSpan } from '../../core/explain/explainTarget';
import { displayPath } from '../displayPath';

export function explainDocument(document: vscode.TextDocument): ExplainDocument {
	return {
		uri: document.uri.toString(),
		path: displayPath(document.uri),
		languageId: document.languageId,
		get lineCount() {
			return document.lineCount;
		},
		lineAt: line => document.lineAt(Math.min(line, document.lineCount - 1)).text,
	};
}

export function placeOf({ line, character }: vscode.Position): Place {
	return { line, character };
}

export function spanOf({ start, end }: vscode.Range): TextSpan {
	return { start: placeOf(start), end: placeOf(end) };
}
