import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateSotto, closeEditors, inWorkspace, openFileWith, pause } from '../support/editing';
import { askWhy } from '../support/inspection';

const definition = 'export interface Shelf {\n\tzebraCount: number;\n}\n';
/** Row of the prompt's table. */
const shelfInPrompt = /^\| `shelf\.ts`, lines 1 to 3 +\| \d+ +\|/m;
const use = "import { Shelf } from './shelf';\n\nconst shelf: Shelf = make();\nconsole.log(‸\n";

/** Asks by hand at the cursor, and then why, until the page says so or `attempts` are over. Returns the last page. */
async function pageAfterAsking(editor: vscode.TextEditor, says: RegExp, attempts: number): Promise<string> {
	let page = '';
	for (let attempt = 0; attempt < attempts && !says.test(page); attempt++) {
		await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
		await vscode.commands.executeCommand('type', { text: ' ' });
		await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
		await pause(1000);
		page = await askWhy();
	}
	return page;
}

describe('context', () => {
	const settings = vscode.workspace.getConfiguration('sotto');
	const testModel = settings.get<string>('model.path');
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
		await settings.update('model.path', testModel, vscode.ConfigurationTarget.Global);
		await closeEditors();
	});
	after(() => {
		provider.dispose();
	});

	it('is not asked for with the bundled model, which it does not help', async () => {
		await settings.update('model.path', '', vscode.ConfigurationTarget.Global);
		const editor = await openFileWith('without.ts', use);
		const page = await pageAfterAsking(editor, /^\| Model asked \| yes/m, 3);
		assert.match(page, /^\| Model asked \| yes/m);
		assert.doesNotMatch(page, /Pieces of other files/);
		assert.deepEqual(calls, []);
	});

	it('holds the definitions of what the code uses, when the user wants them', async () => {
		await settings.update('context.sources', { definitions: true }, vscode.ConfigurationTarget.Global);
		const editor = await openFileWith('with.ts', use);
		assert.match(await pageAfterAsking(editor, shelfInPrompt, 10), shelfInPrompt);
		assert.ok(calls.includes('Shelf'));
	});
});
