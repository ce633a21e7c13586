import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { longestParsed } from '../../../src/core/completion/syntaxScope';
import { snapshotOf, textBeyond } from '../../../src/extension/snapshot';

describe('a document and the window of it that a completion sees', () => {
	const line = 'const smile = "😀";';
	const texts: Readonly<Record<string, string>> = {
		'a short document': `${line}\n`.repeat(10),
		'one with other line ends': `${line}\r\n`.repeat(10),
		'one of more lines than the window': `${line}\n`.repeat(2000),
		'one of more lines, with other line ends': `${line}\r\n`.repeat(2000),
		'one of longer lines than the window': `${line.repeat(400)}\n`.repeat(10),
	};
	for (const [title, content] of Object.entries(texts)) {
		it(`are all of it together: ${title}`, async () => {
			const document = await vscode.workspace.openTextDocument({ content });
			const position = new vscode.Position(Math.floor(document.lineCount / 2), 5);
			const { prefix, suffix } = snapshotOf(document, position);
			const { before, after } = textBeyond(document, position, position) ?? assert.fail('it is told');
			const whole = content.replaceAll('\r\n', '\n');
			assert.equal(before + prefix + suffix + after, whole);
			assert.equal((before + prefix).split('\n').length - 1, position.line);
		});
	}

	it('are the window alone where the document is too long to be parsed', async () => {
		const document = await vscode.workspace.openTextDocument({ content: `${line}\n`.repeat(longestParsed / 10) });
		const position = new vscode.Position(5, 5);
		assert.equal(textBeyond(document, position, position), undefined);
	});
});
