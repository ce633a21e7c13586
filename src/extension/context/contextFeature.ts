import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { RankedPiece } from '../../core/context/rankPieces';
import type { DocumentSnapshot } from '../../core/text/documentSnapshot';
import { DisposableStore, type Disposable } from '../../core/util/disposable';
import { readSettings, section } from '../settings';
import { displayPath } from '../displayPath';
import { IgnoreFiles, type IgnoreFileSystem } from './ignoreFiles';
import { createMayRead } from './mayRead';
import { textOfEarlierCells } from './notebookContext';
import { OpenFilePieces } from './openFilePieces';
import { OpenFiles, type DocumentSource } from './openFiles';

/** What surrounds the cursor besides its document, and what Sotto may look at. */
export interface ContextFeature extends Disposable {
	pieces(document: DocumentSnapshot): readonly RankedPiece[];
	textBefore(document: vscode.TextDocument): string;
	mayRead(uri: vscode.Uri): Promise<boolean>;
}

export function createContextFeature(): ContextFeature {
	const store = new DisposableStore();
	const patterns = (folder: vscode.WorkspaceFolder | undefined): readonly string[] =>
		readSettings(folder).settings['context.ignore'];
	const ignoreFiles = store.add(
		new IgnoreFiles(workspaceFiles, patterns, () => {
			mayRead.forget();
			openFiles.recheck();
			openFilePieces.forget();
		}),
	);
	const mayRead = createMayRead({
		folders: () => vscode.workspace.workspaceFolders ?? [],
		ignores: (folder, path) => ignoreFiles.ignores(folder, path),
		ignoresLoose: path => ignoreFiles.ignoresLoose(path),
		realPath: path => realpath(path),
	});
	const openFiles = store.add(new OpenFiles(editorDocuments, mayRead));
	const openFilePieces = new OpenFilePieces(uri => openFiles.list(uri));
	const forget = (): void => {
		ignoreFiles.forget();
	};
	store.add(vscode.workspace.onDidChangeWorkspaceFolders(forget));
	store.add(
		vscode.workspace.onDidChangeConfiguration(event => {
			if (event.affectsConfiguration(`${section}.context.ignore`)) {
				forget();
			}
		}),
	);
	return {
		pieces: document => openFilePieces.pieces(document),
		textBefore: earlierCells,
		mayRead,
		dispose: () => {
			store.dispose();
		},
	};
}

/** Bytes. A larger file of that name is no list that somebody wrote. */
const largestIgnoreFile = 1_000_000;

const workspaceFiles: IgnoreFileSystem<vscode.WorkspaceFolder> = {
	// Answers wait for this, so it stays out of node_modules; what the user's own `files.exclude` hides is not found.
	find: async (folder, name, most) =>
		vscode.workspace.findFiles(new vscode.RelativePattern(folder, `**/${name}`), '**/{node_modules,.git}/**', most),
	read: async (folder, path) => {
		const uri = vscode.Uri.joinPath(folder.uri, path);
		try {
			const { size } = await vscode.workspace.fs.stat(uri);
			return size > largestIgnoreFile ? undefined : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
		} catch {
			return undefined;
		}
	},
	watch: (folder, names, onChange) => {
		const pattern = new vscode.RelativePattern(folder, `**/{${names.join(',')}}`);
		const watcher = vscode.workspace.createFileSystemWatcher(pattern);
		const events = [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete];
		return vscode.Disposable.from(watcher, ...events.map(event => event(onChange)));
	},
};

const editorDocuments: DocumentSource = {
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
};

function uriOfTab({ input }: vscode.Tab): string {
	return input instanceof vscode.TabInputText ? input.uri.toString() : '';
}

function earlierCells(document: vscode.TextDocument): string {
	const uri = document.uri.toString();
	const notebook = vscode.workspace.notebookDocuments.find(({ uri: { path } }) => path === document.uri.path);
	return notebook === undefined ? '' : textOfEarlierCells(notebook.getCells(), uri);
}
