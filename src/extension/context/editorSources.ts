import * as vscode from 'vscode';
import { problemPiece } from '../../core/context/problemPiece';
import type { OfferedPiece } from '../../core/context/rankPieces';
import type { DocumentSnapshot } from '../../core/text/documentSnapshot';
import { displayPath } from '../displayPath';
import { textOfEarlierCells } from './notebookContext';
import type { DocumentSource } from './openFiles';

/** The editor's documents and tabs. */
export const editorDocuments: DocumentSource = {
	all: () => vscode.workspace.textDocuments,
	active: () => vscode.window.activeTextEditor?.document,
	inTabs: () => new Set(vscode.window.tabGroups.all.flatMap(group => group.tabs).map(uriOfTab)),
	pathOf: uri => displayPath(vscode.Uri.parse(uri.toString(), true)),
	onOpened: listener => vscode.workspace.onDidOpenTextDocument(listener),
	onClosed: listener => vscode.workspace.onDidCloseTextDocument(listener),
	onActivated: listener =>
		vscode.window.onDidChangeActiveTextEditor(editor => {
			if (editor !== undefined) {
				listener(editor.document);
			}
		}),
	onEdited: listener =>
		vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
			if (contentChanges.length > 0) {
				listener(document);
			}
		}),
};

function uriOfTab({ input }: vscode.Tab): string {
	return input instanceof vscode.TabInputText ? input.uri.toString() : '';
}

export function earlierCells(document: vscode.TextDocument): string {
	const uri = document.uri.toString();
	const notebook = vscode.workspace.notebookDocuments.find(({ uri: { path } }) => path === document.uri.path);
	return notebook === undefined ? '' : textOfEarlierCells(notebook.getCells(), uri);
}

/** The errors around the cursor of the editor that shows the document. */
export function problemsAt({ uri }: DocumentSnapshot): readonly OfferedPiece[] {
	const editor = vscode.window.activeTextEditor;
	if (editor?.document.uri.toString() !== uri) {
		return [];
	}
	const severities = ['error', 'warning', 'information', 'hint'] as const;
	const problems = vscode.languages.getDiagnostics(editor.document.uri).map(({ severity, message, range }) => {
		return { severity: severities[severity], message, line: range.start.line };
	});
	return [problemPiece(problems, editor.selection.active.line) ?? []].flat();
}
