import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { activateSotto } from '../support/editing';

const manifestShape = z.object({
	contributes: z.object({
		commands: z.array(z.object({ command: z.string() })),
		keybindings: z.array(z.object({ key: z.string(), mac: z.optional(z.string()) })),
	}),
});

describe('activation', () => {
	it('registers every command that the manifest contributes', async () => {
		const { contributes } = manifestShape.parse((await activateSotto()).packageJSON);
		const registered = new Set(await vscode.commands.getCommands(true));
		const missing = contributes.commands.map(({ command }) => command).filter(command => !registered.has(command));
		assert.deepEqual(missing, []);
	});

	it('takes no key that VS Code uses itself', async () => {
		const { contributes } = manifestShape.parse((await activateSotto()).packageJSON);
		const defaults = await vscode.workspace.openTextDocument(
			vscode.Uri.parse('vscode://defaultsettings/keybindings.json'),
		);
		const taken = [...defaults.getText().matchAll(/"key":\s*"([^"]+)"[^}]*?"command":\s*"([^"]+)"/gs)]
			.filter(([, , command = '']) => !command.startsWith('sotto.'))
			.map(([, key = '']) => key);
		assert.ok(taken.includes('tab'), 'the default keys were not found');
		const stolen = contributes.keybindings.filter(({ key }) => taken.includes(key));
		assert.deepEqual(stolen, []);
	});

	it('shows no notification and opens nothing by itself', async () => {
		await activateSotto();
		assert.deepEqual(
			vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)),
			[],
		);
	});
});
