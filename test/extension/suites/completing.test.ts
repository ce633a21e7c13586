import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	acceptSuggestion,
	activateSotto,
	closeEditors,
	moveTo,
	openFileWith,
	setApart,
	until,
} from '../support/editing';

const documents = [
	{
		name: 'TypeScript',
		file: 'point.ts',
		text: 'class Point {\n\tconstructor(x: number, y: number, z: number) {\n\t\tthis.x = x;\n\t\tthis.y = y;\n\t\tthis.z =‸\n\t}\n}\n',
	},
	{
		name: 'JavaScript',
		file: 'point.js',
		text: 'class Point {\n\tconstructor(x, y, z) {\n\t\tthis.x = x;\n\t\tthis.y = y;\n\t\tthis.z =‸\n\t}\n}\n',
	},
	{
		name: 'Python',
		file: 'point.py',
		text: 'class Point:\n    def __init__(self, x, y, z):\n        self.x = x\n        self.y = y\n        self.z =‸\n',
	},
];

describe('completing', () => {
	let back: () => Promise<void>;
	before(async () => {
		await activateSotto();
		back = await setApart();
	});
	after(() => back());
	afterEach(closeEditors);

	for (const { name, file, text } of documents) {
		it(`inserts at the cursor, and nowhere else, in ${name}`, async () => {
			const editor = await openFileWith(file, text);
			const inserted = await acceptSuggestion(editor);
			assert.ok(inserted, 'nothing was suggested');
			const [before = '', after = ''] = text.split('‸');
			assert.equal(editor.document.getText(), before + inserted + after);
		});
	}

	it('works in an untitled file', async () => {
		const content = 'function add(a, b) {\n\treturn a + b;\n}\n\nfunction subtract(a, b) {\n\treturn ';
		const document = await vscode.workspace.openTextDocument({ language: 'javascript', content });
		const editor = await vscode.window.showTextDocument(document);
		moveTo(editor, document.positionAt(content.length));
		assert.ok(await acceptSuggestion(editor), 'nothing was suggested');
	});

	it('works in a notebook cell', async () => {
		const cell = 'total = 0\nfor value in values:\n    total +=';
		const data = new vscode.NotebookData([
			new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'values = [1, 2, 3]', 'python'),
			new vscode.NotebookCellData(vscode.NotebookCellKind.Code, cell, 'python'),
		]);
		const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', data);
		const shown = await vscode.window.showNotebookDocument(notebook, {
			selections: [new vscode.NotebookRange(1, 2)],
		});
		assert.equal(shown.notebook.cellCount, 2);
		await vscode.commands.executeCommand('notebook.cell.edit');
		await until('the cell has the focus', () => vscode.window.activeTextEditor?.document.getText() === cell);
		const editor = vscode.window.activeTextEditor;
		assert.ok(editor);
		moveTo(editor, editor.document.positionAt(cell.length));
		const inserted = await acceptSuggestion(editor);
		assert.ok(inserted, 'nothing was suggested');
		assert.equal(notebook.cellAt(1).document.getText(), cell + inserted);
	});

	it('keeps the line ends of a CRLF document', async () => {
		const editor = await openFileWith(
			'crlf.js',
			'function add(a, b) {\r\n\treturn a + b;\r\n}\r\n\r\nfunction subtract(a, b) {‸\r\n}\r\n',
		);
		assert.equal(editor.document.eol, vscode.EndOfLine.CRLF);
		assert.ok(await acceptSuggestion(editor), 'nothing was suggested');
		assert.doesNotMatch(editor.document.getText(), /[^\r]\n/);
		assert.match(editor.document.getText(), /^function add\(a, b\) \{\r\n\treturn a \+ b;\r\n\}\r\n/);
	});

	it('is silent where the user has turned it off for the language', async () => {
		const configuration = vscode.workspace.getConfiguration('sotto', { languageId: 'python' });
		await configuration.update('enabled', false, vscode.ConfigurationTarget.Global, true);
		try {
			const editor = await openFileWith('off.py', documents[2]?.text ?? '');
			assert.equal(await acceptSuggestion(editor, 3_000), undefined);
		} finally {
			await configuration.update('enabled', undefined, vscode.ConfigurationTarget.Global, true);
		}
	});
});
