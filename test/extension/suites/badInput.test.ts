import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
	acceptSuggestion,
	activateSotto,
	closeEditors,
	inWorkspace,
	moveTo,
	openFileWith,
	pause,
} from '../support/editing';

const pattern = 'class Point {\n\tconstructor(x, y) {\n\t\tthis.x = x;\n\t\tthis.y =‸\n\t}\n}\n';

/** A suggestion or silence may come of these; never a wrong edit, and never a hang. */
const documents = [
	{ name: 'an empty file', file: 'empty.js', text: '‸' },
	{ name: 'the very end of a file without a last line end', file: 'end.js', text: 'const x = 1;\nconst y =‸' },
	{
		name: 'a file of 200 000 lines',
		file: 'long.js',
		text: `${'let a = 1;\n'.repeat(100_000)}let b =‸\n${'let c = 2;\n'.repeat(100_000)}`,
	},
	{ name: 'a line of 1 MB', file: 'wide.js', text: `const data = '${'x'.repeat(1_000_000)}';\nconst y =‸\n` },
	{
		name: 'the middle of a line of 1 MB',
		file: 'wideMiddle.js',
		text: `${'a + '.repeat(125_000)}‸${'b + '.repeat(125_000)}1;\n`,
	},
	{ name: 'what is left of a binary file', file: 'binary.js', text: '\u0001\ufffd\u0002\u001blet x =‸\u0003\ufffd' },
	{
		name: 'emoji and combining characters',
		file: 'emoji.js',
		text: "const family = '👨‍👩‍👧‍👦 e\u0301';\nconst other = '👩🏽‍🚀‸';\n",
	},
	{ name: 'bidi controls', file: 'bidi.js', text: "const a = '\u202eabc\u2066def';\nconst b = '\u202e‸';\n" },
	{ name: 'tabs and spaces mixed', file: 'tabs.py', text: 'def f():\n\tif True:\n\t    x = 1\n\t    y =‸\n' },
	{ name: 'nothing but white space', file: 'white.js', text: '\n\n\t\t  ‸\n\n' },
	{
		name: 'control tokens of the model as text',
		file: 'tokens.js',
		text: "const a = '<|fim_prefix|><|fim_suffix|><fim_middle>';\nconst b =‸\n",
	},
];

async function completesStill(): Promise<void> {
	const editor = await openFileWith('still.js', pattern);
	assert.ok(await acceptSuggestion(editor), 'an ordinary file gets no suggestion any more');
}

describe('bad input', () => {
	before(activateSotto);
	afterEach(closeEditors);

	for (const { name, file, text } of documents) {
		it(`${name}: a suggestion at the cursor or silence, and Sotto lives on`, async () => {
			const editor = await openFileWith(file, text);
			const [before = '', after = ''] = text.split('‸');
			const inserted = (await acceptSuggestion(editor, 4_000)) ?? '';
			const now = editor.document.getText();
			// The rest of the line may have been replaced by a suggestion that has it; the other lines may not change.
			const restOfLine = after.split('\n', 1)[0] ?? '';
			assert.ok(now.startsWith(before + inserted), 'the text before the cursor has changed');
			assert.ok(now.endsWith(after.slice(restOfLine.length)), 'the lines below the cursor have changed');
			assert.doesNotMatch(inserted, /[\u202a-\u202e\u2066-\u2069]/, 'bidi controls were suggested');
			await completesStill();
		});
	}

	it('NUL characters, which only an open document can hold', async () => {
		const content = '\u0000\u0001let x =';
		const document = await vscode.workspace.openTextDocument({ language: 'javascript', content });
		const editor = await vscode.window.showTextDocument(document);
		moveTo(editor, document.positionAt(content.length));
		const inserted = (await acceptSuggestion(editor, 4_000)) ?? '';
		assert.equal(document.getText(), content + inserted);
		await completesStill();
	});

	it('a read-only document is not changed', async () => {
		const readOnly = vscode.workspace.registerTextDocumentContentProvider('sotto-test-read-only', {
			provideTextDocumentContent: () => pattern.replace('‸', ''),
		});
		const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('sotto-test-read-only:/point.js'));
		const editor = await vscode.window.showTextDocument(document);
		moveTo(editor, document.positionAt(pattern.indexOf('‸')));
		assert.equal(await acceptSuggestion(editor, 2_000), undefined);
		assert.equal(document.getText(), pattern.replace('‸', ''));
		readOnly.dispose();
		await completesStill();
	});

	it('a document whose file was deleted can still be typed in', async () => {
		const editor = await openFileWith('deleted.js', pattern);
		await vscode.workspace.fs.delete(inWorkspace('deleted.js'));
		await editor.edit(edit => {
			edit.insert(editor.selection.active, ' ');
		});
		await acceptSuggestion(editor, 3_000);
		assert.ok(editor.document.getText().startsWith(pattern.split('‸', 1)[0] ?? ''));
		await completesStill();
	});

	it('an editor that is closed while the model works does no harm', async () => {
		await openFileWith('closed.js', pattern);
		await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
		await closeEditors();
		await pause(200);
		await completesStill();
	});

	it('settings of the wrong type are ignored', async () => {
		const configuration = vscode.workspace.getConfiguration('sotto');
		await configuration.update('completion.lines', 42, vscode.ConfigurationTarget.Global);
		await configuration.update('engine.threads', 'many', vscode.ConfigurationTarget.Global);
		try {
			await completesStill();
		} finally {
			await configuration.update('completion.lines', undefined, vscode.ConfigurationTarget.Global);
			await configuration.update('engine.threads', undefined, vscode.ConfigurationTarget.Global);
		}
	});
});
