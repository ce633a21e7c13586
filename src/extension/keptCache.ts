import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { CacheKeeping } from '../protocol/engineContract';
import { readSettings } from './settings';

/** Where the engine leaves its cache to the next one: in the open workspace's storage. `undefined` where no folder is open. */
export function cacheKeeping({ storageUri }: vscode.ExtensionContext): CacheKeeping | undefined {
	const isOn = readSettings(undefined).settings['engine.keepCache'];
	return storageUri && { folder: join(storageUri.fsPath, 'cache'), isOn };
}

/** What is not to be kept does not wait for an engine to start. */
export async function forgetKeptCache(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Promise<void> {
	const keeping = cacheKeeping(context);
	if (keeping?.isOn === false) {
		await rm(keeping.folder, { recursive: true, force: true }).catch((error: unknown) => {
			log.warn('the cache that was kept cannot be deleted:', error);
		});
	}
}
