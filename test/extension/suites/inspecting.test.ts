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
import { askWhy, newestInspection } from '../support/inspection';

const text =
	'class Point {\n\tconstructor(x: number, y: number, z: number) {\n\t\tthis.x = x;\n\t\tthis.y = y;\n\t\tthis.z =‸\n\t}\n}\n';

/** Behind the space that is typed there, the model is sure enough to speak unasked. */
const loop =
	'export function sum(items: number[]): number {\n\tlet total = 0;\n\tfor (let i = 0; i < items.length;‸\n\treturn total;\n}\n';

/** Asks why until the page says so, and goes back to the editor. */
async function waitForPage(says: RegExp, { document }: vscode.TextEditor): Promise<void> {
	for (let attempt = 0, page = ''; !says.test(page); attempt++) {
		assert.ok(attempt < 20, `the page does not say ${String(says)}: ${page}`);
		await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
		await pause(500);
		page = await askWhy();
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

	it('tells why something was suggested, rendered, with the prompt at the end', async () => {
		const editor = await openFileWith('why.ts', text);
		const inserted = await acceptSuggestion(editor);
		assert.ok(inserted, 'nothing was suggested');
		const page = await askWhy();
		assert.match(page, /^# Why /);
		assert.match(page, /\n\nText before the cursor, line/);
		assert.match(page, /class Point \{\n\tconstructor/);
		assert.match(page, /\n> The document has changed since then\./);
		assert.ok(page.indexOf('## The prompt') > page.indexOf('## The last requests'), 'the prompt is not last');
	});

	it('tells why nothing was suggested', async () => {
		const configuration = vscode.workspace.getConfiguration('sotto', { languageId: 'typescript' });
		await configuration.update('enabled', false, vscode.ConfigurationTarget.Global, true);
		try {
			await openFileWith('whyNot.ts', text);
			await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
			const page = await askWhy();
			assert.match(page, /^# Why no suggestion\n\n\*\*Nothing was shown because Sotto is turned off for this language/);
			assert.match(page, /^\| Model asked \| no \|$/m);
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
			await waitForPage(/ cached, /, editor);
			await vscode.commands.executeCommand('sotto.restartEngine');
			// The suggestion there begins differently, so that no answer of the last engine fits.
			await press('k');
			await waitForPage(/\| \d+: \d\d+ cached, \d evaluated \|/, editor);
		} finally {
			await configuration.update('engine.keepCache', undefined, vscode.ConfigurationTarget.Global);
		}
	});

	it('copies the last suggestion as a test case', async () => {
		const editor = await openFileWith('testCase.ts', text);
		assert.ok(await acceptSuggestion(editor), 'nothing was suggested');
		await vscode.commands.executeCommand('sotto.copyAsTestCase');
		await until('the case is open', () => newestInspection() !== '');
		const copied = await vscode.env.clipboard.readText();
		assert.match(copied, /^# is .*\n@ .*testCase\.ts; .*; \S+\n\|[^]*this\.z =‸/);
		assert.equal(newestInspection(), copied);
	});
});
