import * as vscode from 'vscode';

/**
 * The path as the user and the model see it: relative to its workspace folder, forward slashes; outside one, the last
 * folder and the name, which is enough to recognise it and tells little of the machine.
 */
export function displayPath(uri: vscode.Uri): string {
	return vscode.workspace.getWorkspaceFolder(uri) === undefined
		? uri.path.split('/').filter(Boolean).slice(-2).join('/')
		: vscode.workspace.asRelativePath(uri, false).replaceAll('\\', '/');
}
