import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { placeInSample, sampleText } from '../../../src/core/walkthrough/sample';
import { acceptSuggestion, activateSotto, closeEditors, setApart, until } from '../support/editing';

async function openSample(step?: string): Promise<vscode.TextEditor> {
	await vscode.commands.executeCommand('sotto.openSample', step);
	const editor = vscode.window.visibleTextEditors.find(({ document }) => document.isUntitled);
	assert.ok(editor, 'no sample is open');
	return editor;
}

describe('the walkthrough', () => {
	let back: () => Promise<void>;
	before(async () => {
		await activateSotto();
		back = await setApart();
	});
	after(() => back());
	beforeEach(closeEditors);
	afterEach(closeEditors);

	it('opens a sample where no editor is open, with the cursor where a suggestion appears', async () => {
		assert.equal(vscode.window.activeTextEditor, undefined);
		const editor = await openSample();
		assert.equal(editor.document.languageId, 'typescript');
		assert.equal(editor.document.getText(), sampleText);
		assert.equal(editor.document.offsetAt(editor.selection.active), placeInSample(sampleText, 'suggest')?.start);
		const inserted = await acceptSuggestion(editor);
		assert.ok(inserted, 'nothing was suggested in the sample');
		assert.match(inserted, /\w/);
	});

	it('shows the sample again while it is open, and a fresh one after the user has changed it', async () => {
		const first = await openSample();
		const second = await openSample();
		assert.equal(second.document, first.document);
		await second.edit(edit => {
			edit.insert(second.selection.active, ' 1;');
		});
		await vscode.commands.executeCommand('sotto.openSample');
		assert.notEqual(vscode.window.activeTextEditor?.document, first.document);
		assert.equal(vscode.window.activeTextEditor?.document.getText(), sampleText);
		await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
	});

	it('selects a function of the sample and explains it', async () => {
		const editor = await openSample('explain');
		assert.match(editor.document.getText(editor.selection), /^function chunk[^]*\n\}$/);
		const isPanel = ({ input }: vscode.Tab): boolean =>
			input instanceof vscode.TabInputWebview && /sotto/i.test(input.viewType);
		await until('the panel is open', () => vscode.window.tabGroups.all.flatMap(group => group.tabs).some(isPanel));
	});
});
