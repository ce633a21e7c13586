import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';
import { countsOpenFiles, type EnabledSources } from '../../core/context/contextSource';
import { KnownDefinitions } from '../../core/context/definitions/knownDefinitions';
import type { OpenFile } from '../../core/context/openFile';
import type { RankedPiece } from '../../core/context/rankPieces';
import type { DocumentSnapshot } from '../../core/text/documentSnapshot';
import { DisposableStore, type Disposable } from '../../core/util/disposable';
import { readSettings, section } from '../settings';
import { ContextPieces } from './contextPieces';
import { prepareContext } from './prepareContext';
import { earlierCells, editorDocuments, problemsAt } from './editorSources';
import { textOfFile } from './fileText';
import { IgnoreFiles } from './ignoreFiles';
import { createMayRead, type MayRead } from './mayRead';
import { OpenFiles } from './openFiles';
import { RecentFiles } from './recentFiles';
import { WhenSettled } from './whenSettled';
import { workspaceFiles } from './workspaceFiles';

/** Provides the context besides the document, and decides which files Sotto may read. */
export interface ContextFeature extends Disposable {
	pieces(document: DocumentSnapshot, sources: EnabledSources): readonly RankedPiece[];
	textBefore(document: vscode.TextDocument, sources: EnabledSources): string;
	mayRead(uri: vscode.Uri): Promise<boolean>;
	/** The other open files that Sotto may read, most recently viewed first; none when the user wants none to be seen. */
	openFiles(): readonly OpenFile[];
	/** Told when `openFiles` may be another answer. */
	onOpenFiles(listener: () => void): Disposable;
}

/** The cursor rests when nothing has moved for so long; within a word, hardly anybody types slower. Milliseconds. */
const quiet = 300;

/** @param isSnoozed then nothing is prepared. */
export function createContextFeature(isSnoozed: () => boolean, log: vscode.LogOutputChannel): ContextFeature {
	const store = new DisposableStore();
	const definitions = new KnownDefinitions();
	const ignoreFiles = store.add(
		new IgnoreFiles(workspaceFiles, ignorePatterns, () => {
			mayRead.forget();
			openFiles.recheck();
			for (const part of [recentFiles, definitions, pieces]) {
				part.forget();
			}
		}),
	);
	const mayRead: MayRead = createMayRead({
		folders: () => vscode.workspace.workspaceFolders ?? [],
		ignores: (folder, path) => ignoreFiles.ignores(folder, path),
		ignoresLoose: path => ignoreFiles.ignoresLoose(path),
		realPath: path => realpath(path),
	});
	const changes = store.add(new vscode.EventEmitter<void>());
	const changed = (): void => {
		changes.fire();
	};
	store.add(vscode.workspace.onDidChangeConfiguration(changed));
	const openFiles = store.add(new OpenFiles(editorDocuments, mayRead, changed));
	const recentFiles = store.add(
		new RecentFiles({
			...editorDocuments,
			read: (uri, stamp) => textOfFile(vscode.Uri.parse(uri.toString(), true), stamp),
			mayRead,
		}),
	);
	const pieces = new ContextPieces({
		files: uri => openFiles.list(uri),
		recent: uri => recentFiles.list(uri),
		definitions: document => definitions.pieces(document),
		problems: problemsAt,
	});
	const settled = store.add(
		new WhenSettled(
			quiet,
			signal => prepareContext({ pieces, recentFiles, definitions, mayRead, isSnoozed }, signal),
			error => {
				log.debug('context could not be prepared:', error);
			},
		),
	);
	listen(store, { settled, definitions, ignoreFiles });
	return {
		pieces: (document, sources) => pieces.pieces(document, sources),
		textBefore: (document, sources) => (sources.cells ? earlierCells(document) : ''),
		mayRead,
		openFiles: () => filesThatCount(openFiles),
		onOpenFiles: changes.event,
		dispose: () => {
			store.dispose();
		},
	};
}

function filesThatCount(openFiles: OpenFiles): readonly OpenFile[] {
	const document = vscode.window.activeTextEditor?.document;
	const { settings } = readSettings(document);
	return countsOpenFiles(settings) ? openFiles.list(document?.uri.toString() ?? '') : [];
}

function ignorePatterns(folder: vscode.WorkspaceFolder | undefined): readonly string[] {
	return readSettings(folder).settings['context.ignore'];
}

interface Listeners {
	readonly settled: WhenSettled;
	readonly definitions: KnownDefinitions;
	readonly ignoreFiles: { forget(): void };
}

function listen(store: DisposableStore, { settled, definitions, ignoreFiles }: Listeners): void {
	store.add(
		vscode.workspace.onDidChangeWorkspaceFolders(() => {
			ignoreFiles.forget();
		}),
	);
	store.add(
		vscode.workspace.onDidChangeConfiguration(event => {
			if (event.affectsConfiguration(`${section}.context.ignore`)) {
				ignoreFiles.forget();
			}
		}),
	);
	store.add(
		vscode.workspace.onDidChangeTextDocument(({ document }) => {
			definitions.changed(document.uri.toString());
		}),
	);
	store.add(
		vscode.workspace.onDidSaveTextDocument(() => {
			definitions.saved();
		}),
	);
	store.add(
		vscode.window.onDidChangeTextEditorSelection(() => {
			settled.poke();
		}),
	);
	store.add(
		vscode.window.onDidChangeActiveTextEditor(() => {
			settled.poke();
		}),
	);
}
