import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { bundledModel } from '../../../src/core/models/bundledModel';
import { activateSotto, closeEditors, inWorkspace, openFileWith, pause, until } from '../support/editing';

/** Pages of an evaluation that are open. What they say is read by `test/e2e/evaluating.test.ts`, from the screen. */
function pages(): readonly vscode.Tab[] {
	const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
	return tabs.filter(
		({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('sotto.evaluation'),
	);
}

async function workspaceFiles(): Promise<readonly string[]> {
	const found = await vscode.workspace.findFiles('**/*');
	return found.map(({ path }) => path).sort();
}

describe('evaluating models on the workspace', () => {
	let bundled = '';

	before(async () => {
		const { extensionUri } = await activateSotto();
		bundled = vscode.Uri.joinPath(extensionUri, bundledModel).fsPath;
	});
	afterEach(closeEditors);

	it('opens a page where a model could not be asked, too, and writes nothing to the workspace', async () => {
		await openFileWith('broken.gguf', 'GGUF, but no more of it');
		const before = await workspaceFiles();
		const models = [inWorkspace('broken.gguf').fsPath, bundled];
		await vscode.commands.executeCommand('sotto.evaluateModels', { models, positions: 4 });
		await until('the page is open', () => pages().length === 1);
		assert.equal(pages()[0]?.label, 'Models on my code');
		assert.deepEqual(await workspaceFiles(), before);
	});

	it('does not look at what the user ignores', async () => {
		const configuration = vscode.workspace.getConfiguration('sotto');
		await configuration.update('context.ignore', ['*'], vscode.ConfigurationTarget.Global);
		try {
			// The message that says so stays until somebody closes it, and the command with it.
			void vscode.commands.executeCommand('sotto.evaluateModels', { models: [bundled], positions: 4 });
			await pause(5_000);
			assert.equal(pages().length, 0, 'there was something to evaluate on');
			await vscode.commands.executeCommand('notifications.clearAll');
		} finally {
			await configuration.update('context.ignore', undefined, vscode.ConfigurationTarget.Global);
		}
	});

	it('says that it is at work already, instead of starting a second time', async () => {
		const options = { models: [bundled], positions: 2 };
		const first = vscode.commands.executeCommand('sotto.evaluateModels', options);
		await vscode.commands.executeCommand('sotto.evaluateModels', options);
		assert.equal(pages().length, 0, 'the second one has waited for the first');
		await first;
		await until('the page is open', () => pages().length === 1);
	});
});
