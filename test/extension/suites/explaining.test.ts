import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateSotto, closeEditors, openFileWith, until } from '../support/editing';

const text = '/** Adds. */\nexport function add(a: number, b: number): number {\n\treturn a + b;\n}\n';

function openTabs(): readonly string[] {
	return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
}

describe('explaining', () => {
	before(activateSotto);
	afterEach(closeEditors);

	it('opens the panel beside the editor, which keeps the focus', async () => {
		const editor = await openFileWith('add.ts', text);
		editor.selection = new vscode.Selection(1, 0, 3, 1);
		await vscode.commands.executeCommand('sotto.explainSelection');
		await until('the panel is open', () => openTabs().includes('Sotto: Explanation'));
		assert.equal(vscode.window.activeTextEditor?.document, editor.document);
	});

	it('is offered as a code action on a selection', async () => {
		const editor = await openFileWith('add.ts', text);
		const range = new vscode.Range(1, 0, 3, 1);
		editor.selection = new vscode.Selection(range.start, range.end);
		const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
			'vscode.executeCodeActionProvider',
			editor.document.uri,
			range,
		);
		assert.ok(
			actions.some(action => action.command?.command === 'sotto.explainSelection'),
			actions.map(({ title }) => title).join(', '),
		);
	});

	it('writes the same down as a document', async () => {
		const editor = await openFileWith('add.ts', text);
		editor.selection = new vscode.Selection(1, 0, 3, 1);
		await vscode.commands.executeCommand('sotto.explainSelection');
		await until('the panel is open', () => openTabs().includes('Sotto: Explanation'));
		await vscode.commands.executeCommand('sotto.explainAsDocument');
		await until('the document is open', () =>
			vscode.workspace.textDocuments.some(
				document => document.languageId === 'markdown' && document.getText().includes('add'),
			),
		);
	});
});
