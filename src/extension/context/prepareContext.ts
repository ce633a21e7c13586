import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import { enabledSources } from '../../core/context/contextSource';
import type { KnownDefinitions } from '../../core/context/definitions/knownDefinitions';
import { completionSelector } from '../completion/inlineCompletionProvider';
import type { MayRead } from '../explain/evidenceCollector';
import { readSettings } from '../settings';
import { snapshotOf } from '../snapshot';
import type { ContextPieces } from './contextPieces';
import { definitionLookUp } from './definitionLookUp';
import type { RecentFiles } from './recentFiles';

interface Prepared {
	readonly pieces: ContextPieces;
	readonly recentFiles: RecentFiles;
	readonly definitions: KnownDefinitions;
	readonly mayRead: MayRead;
	readonly isSnoozed: () => boolean;
}

/**
 * Does, while the cursor rests, what a key press has no time for: reads closed files, indexes files, asks for definitions. Does
 * nothing where nothing would be suggested.
 */
export async function prepareContext(parts: Prepared, signal: AbortSignal): Promise<void> {
	const editor = vscode.window.activeTextEditor;
	if (editor === undefined || parts.isSnoozed()) {
		return;
	}
	const { document, selection } = editor;
	const { settings } = readSettings(document);
	const sources = enabledSources(settings);
	const isWanted = settings.enabled && vscode.languages.match(completionSelector, document) > 0;
	if (!isWanted || !(await parts.mayRead(document.uri))) {
		return;
	}
	if (sources.recent) {
		await parts.recentFiles.refresh(signal);
	}
	while (!signal.aborted && parts.pieces.prepareOne(document.uri.toString(), sources)) {
		await setImmediate();
	}
	if (sources.definitions && !signal.aborted) {
		const snapshot = snapshotOf(document, selection.active);
		const lookUp = definitionLookUp(snapshot, selection.active, { mayRead: parts.mayRead, signal });
		await parts.definitions.refresh(snapshot, lookUp, signal);
	}
}
