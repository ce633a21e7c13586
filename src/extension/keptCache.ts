import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { readSettings } from './settings';

/** Where the engine leaves its cache to the next one, if the user wants that: in the open workspace's storage, if a folder is open. */
export function cacheFolder(context: vscode.ExtensionContext): string | undefined {
	return isOn() ? folderOf(context) : undefined;
}

/** Deletes the cache when the setting is off, without waiting for an engine to start. */
export async function forgetKeptCache(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Promise<void> {
	const folder = folderOf(context);
	if (folder !== undefined && !isOn()) {
		await rm(folder, { recursive: true, force: true }).catch((error: unknown) => {
			log.warn('the cache that was kept cannot be deleted:', error);
		});
	}
}

function folderOf({ storageUri }: vscode.ExtensionContext): string | undefined {
	return storageUri && join(storageUri.fsPath, 'cache');
}

function isOn(): boolean {
	return readSettings(undefined).settings['engine.keepCache'];
}
