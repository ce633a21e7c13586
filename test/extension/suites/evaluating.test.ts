import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { bundledModel } from '../../../src/core/models/bundledModel';
import { activateSotto, closeEditors, inWorkspace, openFileWith, pause } from '../support/editing';

function report(): string {
	const document = vscode.window.activeTextEditor?.document;
	return document?.uri.scheme === 'sotto-evaluation' ? document.getText() : '';
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

	it('ranks what can be asked, tells of what cannot, and writes nothing to the workspace', async () => {
		await openFileWith('broken.gguf', 'GGUF, but no more of it');
		const before = await workspaceFiles();
		const models = [inWorkspace('broken.gguf').fsPath, bundled];
		await vscode.commands.executeCommand('sotto.evaluateModels', { models, positions: 4 });
		assert.match(report(), /^# Models, best first\n/);
		assert.match(report(), /\| sotto-nano \| files \| \d+ \| \d+\.\d % /);
		assert.match(report(), /Not asked:\n\n- .*broken\.gguf: .+\./);
		assert.deepEqual(await workspaceFiles(), before);
	});

	it('does not look at what the user ignores', async () => {
		const configuration = vscode.workspace.getConfiguration('sotto');
		await configuration.update('context.ignore', ['*'], vscode.ConfigurationTarget.Global);
		try {
			// The message that says so stays until somebody closes it, and the command with it.
			void vscode.commands.executeCommand('sotto.evaluateModels', { models: [bundled], positions: 4 });
			await pause(5_000);
			assert.equal(report(), '', 'there was something to evaluate on');
			await vscode.commands.executeCommand('notifications.clearAll');
		} finally {
			await configuration.update('context.ignore', undefined, vscode.ConfigurationTarget.Global);
		}
	});

	it('says that it is at work already, instead of starting a second time', async () => {
		const options = { models: [bundled], positions: 2 };
		const first = vscode.commands.executeCommand('sotto.evaluateModels', options);
		await vscode.commands.executeCommand('sotto.evaluateModels', options);
		assert.equal(report(), '', 'the second one has waited for the first');
		await first;
		assert.match(report(), /sotto-nano/);
	});
});
