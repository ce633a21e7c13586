import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateSotto, closeEditors, inWorkspace, openFileWith, pause, until } from '../support/editing';

const definition = 'export interface Shelf {\n\tzebraCount: number;\n}\n';
const use = "import { Shelf } from './shelf';\n\nconst shelf: Shelf = make();\nconsole.log(‸\n";

function page(): string {
	const document = vscode.window.activeTextEditor?.document;
	return document?.uri.scheme === 'sotto-inspection' ? document.getText() : '';
}

/** Asks by hand at the cursor, and then why, until the page says so or `attempts` are over. */
async function asked(editor: vscode.TextEditor, says: RegExp, attempts: number): Promise<boolean> {
	for (let attempt = 0; attempt < attempts; attempt++) {
		await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
		await vscode.commands.executeCommand('type', { text: ' ' });
		await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
		await pause(1000);
		await vscode.commands.executeCommand('sotto.explainLastSuggestion');
		await until('the page is open', () => page() !== '');
		if (says.test(page())) {
			return true;
		}
	}
	return false;
}

describe('context', () => {
	const settings = vscode.workspace.getConfiguration('sotto');
	const calls: string[] = [];
	let provider: vscode.Disposable;
	before(async () => {
		await activateSotto();
		await vscode.workspace.fs.writeFile(inWorkspace('shelf.ts'), Buffer.from(definition));
		provider = vscode.languages.registerDefinitionProvider('typescript', {
			provideDefinition: (document, position) => {
				const name = document.getText(document.getWordRangeAtPosition(position));
				calls.push(name);
				return name === 'Shelf' ? new vscode.Location(inWorkspace('shelf.ts'), new vscode.Position(0, 17)) : undefined;
			},
		});
	});
	afterEach(async () => {
		await settings.update('context.sources', undefined, vscode.ConfigurationTarget.Global);
		await closeEditors();
	});
	after(() => {
		provider.dispose();
	});

	it('is not asked for with the model in the box, which it does not help', async () => {
		const editor = await openFileWith('without.ts', use);
		assert.ok(await asked(editor, /pieces of other files: 0\./, 3));
		assert.deepEqual(calls, []);
	});

	it('holds the definitions of what the code uses, when the user wants them', async () => {
		await settings.update('context.sources', { definitions: true }, vscode.ConfigurationTarget.Global);
		const editor = await openFileWith('with.ts', use);
		assert.ok(await asked(editor, /- `shelf\.ts`, lines 1 to 3: \d+ tokens/, 10), page());
		assert.ok(calls.includes('Shelf'));
	});
});
