import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	activateSotto,
	acceptSuggestion,
	closeEditors,
	openFileWith,
	pause,
	setApart,
	until,
} from '../support/editing';

const text =
	'class Point {\n\tconstructor(x: number, y: number, z: number) {\n\t\tthis.x = x;\n\t\tthis.y = y;\n\t\tthis.z =‸\n\t}\n}\n';

/** Behind the space that is typed there, the model is sure enough to speak unasked. */
const loop =
	'export function sum(items: number[]): number {\n\tlet total = 0;\n\tfor (let i = 0; i < items.length;‸\n\treturn total;\n}\n';

function opened(): string {
	const document = vscode.window.activeTextEditor?.document;
	return document?.uri.scheme === 'sotto-inspection' ? document.getText() : '';
}

/** Asks why until the page says so, and goes back to the editor. */
async function waitForPage(says: RegExp, { document }: vscode.TextEditor): Promise<void> {
	for (let attempt = 0; !says.test(opened()); attempt++) {
		assert.ok(attempt < 20, `the page does not say ${String(says)}: ${opened()}`);
		await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
		await pause(500);
		await vscode.commands.executeCommand('sotto.explainLastSuggestion');
		await until('the page is open', () => opened() !== '');
	}
	await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
}

async function press(keys: string): Promise<void> {
	for (const key of Array.from(keys)) {
		await (key === '⌫'
			? vscode.commands.executeCommand('deleteLeft')
			: vscode.commands.executeCommand('type', { text: key }));
		await pause(100);
	}
}

describe('inspecting', () => {
	let back: () => Promise<void>;
	before(async () => {
		await activateSotto();
		back = await setApart();
	});
	after(() => back());
	afterEach(closeEditors);

	it('tells why something was suggested, with the prompt as the model saw it', async () => {
		const editor = await openFileWith('why.ts', text);
		const inserted = await acceptSuggestion(editor);
		assert.ok(inserted, 'nothing was suggested');
		await vscode.commands.executeCommand('sotto.explainLastSuggestion');
		await until('the page is open', () => opened() !== '');
		const page = opened();
		assert.match(page, /^# Why /);
		assert.match(page, /Control token `<fim_prefix>`\n\nText before the cursor/);
		assert.match(page, /class Point \{\n\tconstructor/);
		assert.match(page, /The document has changed since/);
		await vscode.commands.executeCommand('type', { text: 'x' });
		assert.equal(opened(), page, 'the page can be edited');
	});

	it('tells why nothing was suggested', async () => {
		const configuration = vscode.workspace.getConfiguration('sotto', { languageId: 'typescript' });
		await configuration.update('enabled', false, vscode.ConfigurationTarget.Global, true);
		try {
			await openFileWith('whyNot.ts', text);
			await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
			await vscode.commands.executeCommand('sotto.explainLastSuggestion');
			await until('the page is open', () => opened() !== '');
			assert.match(
				opened(),
				/^# Why no suggestion\n\n\*\*Nothing was shown because Sotto is turned off for this language/,
			);
			assert.match(opened(), /^\| Was the model asked\? \| no \|$/m);
		} finally {
			await configuration.update('enabled', undefined, vscode.ConfigurationTarget.Global, true);
		}
	});

	it('does not offer again what was passed over in the same place', async () => {
		const editor = await openFileWith('passedOver.ts', loop);
		await press(' ');
		await waitForPage(/^# Why this suggestion\n/, editor);
		await press('none⌫⌫⌫⌫');
		await waitForPage(/because you rejected this suggestion here before\./, editor);
	});

	it('says that a new engine goes on from what the last one read, where the user has it kept', async () => {
		const configuration = vscode.workspace.getConfiguration('sotto');
		await configuration.update('engine.keepCache', true, vscode.ConfigurationTarget.Global);
		try {
			await vscode.commands.executeCommand('sotto.restartEngine'); // The setting does so, too, but nobody waits for it.
			const editor = await openFileWith('kept.ts', loop);
			await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
			await waitForPage(/ from the KV cache/, editor);
			await vscode.commands.executeCommand('sotto.restartEngine');
			// What is suggested there begins otherwise, so that no answer of the last engine will do.
			await press('k');
			await waitForPage(/\| \d+ tokens: \d\d+ from the KV cache, \d evaluated \|/, editor);
		} finally {
			await configuration.update('engine.keepCache', undefined, vscode.ConfigurationTarget.Global);
		}
	});

	it('copies the last suggestion as a test case', async () => {
		const editor = await openFileWith('testCase.ts', text);
		assert.ok(await acceptSuggestion(editor), 'nothing was suggested');
		await vscode.commands.executeCommand('sotto.copyAsTestCase');
		await until('the case is open', () => opened() !== '');
		const copied = await vscode.env.clipboard.readText();
		assert.match(copied, /^# is .*\n@ .*testCase\.ts; .*; \S+\n\|[^]*this\.z =‸/);
		assert.equal(opened(), copied);
	});
});
