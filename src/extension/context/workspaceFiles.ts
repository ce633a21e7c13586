import * as vscode from 'vscode';
import type { IgnoreFileSystem } from './ignoreFiles';

/** Bytes. A larger file of that name is no list that somebody wrote. */
const largestIgnoreFile = 1_000_000;

export const workspaceFiles: IgnoreFileSystem<vscode.WorkspaceFolder> = {
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
