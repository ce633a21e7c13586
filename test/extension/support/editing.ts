import assert from 'node:assert/strict';
import * as vscode from 'vscode';

export const extensionId = 'sotto.sotto';

/** How long a suggestion may take on two busy cores, the start of the engine included, in milliseconds. */
const patience = 20_000;

/** Keeps documents that earlier tests left open from influencing the suggestions. Returns a function that undoes it. */
export async function setApart(): Promise<() => Promise<void>> {
	const configuration = vscode.workspace.getConfiguration('sotto');
	await configuration.update('context.sources', { files: false }, vscode.ConfigurationTarget.Global);
	return async () => {
		await configuration.update('context.sources', undefined, vscode.ConfigurationTarget.Global);
	};
}

export async function activateSotto(): Promise<vscode.Extension<unknown>> {
	const extension = vscode.extensions.getExtension<unknown>(extensionId);
	assert.ok(extension, `${extensionId} is not installed`);
	await extension.activate();
	return extension;
}

/** Opens a file of this text in the workspace; `‸` is where the cursor goes. */
export async function openFileWith(name: string, text: string): Promise<vscode.TextEditor> {
	const uri = inWorkspace(name);
	await vscode.workspace.fs.writeFile(uri, Buffer.from(text.replace('‸', '')));
	const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
	const offset = text.indexOf('‸');
	moveTo(editor, editor.document.positionAt(offset === -1 ? text.length : offset));
	return editor;
}

export function inWorkspace(name: string): vscode.Uri {
	const folder = vscode.workspace.workspaceFolders?.[0];
	assert.ok(folder, 'no folder is open');
	return vscode.Uri.joinPath(folder.uri, name);
}

export function moveTo(editor: vscode.TextEditor, position: vscode.Position): void {
	editor.selection = new vscode.Selection(position, position);
}

/**
 * Asks for a suggestion at the cursor and accepts what comes, as the keys of VS Code do.
 * Returns what was inserted, or `undefined` when nothing came in time.
 */
export async function acceptSuggestion(editor: vscode.TextEditor, timeout = patience): Promise<string | undefined> {
	const { document } = editor;
	const before = document.version;
	const inserted = new Promise<string>(resolve => {
		const listener = vscode.workspace.onDidChangeTextDocument(event => {
			if (event.document === document && event.contentChanges.length > 0) {
				listener.dispose();
				resolve(event.contentChanges.map(({ text }) => text).join(''));
			}
		});
	});
	await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
	const deadline = Date.now() + timeout;
	while (document.version === before && Date.now() < deadline) {
		await pause(100);
		await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
	}
	return document.version === before ? undefined : inserted;
}

/** Waits until `holds` does. Throws with `what` when it never does. */
export async function until(what: string, holds: () => boolean): Promise<void> {
	const deadline = Date.now() + patience;
	while (!holds()) {
		assert.ok(Date.now() < deadline, `${what}: not within ${patience / 1000} s`);
		await pause(50);
	}
}

export function pause(milliseconds: number): Promise<void> {
	return new Promise(resolve => setTimeout(resolve, milliseconds));
}

export async function closeEditors(): Promise<void> {
	await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
	await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
