import * as vscode from 'vscode';

/** Where the user's code is; not output channels, source-control inputs or our own explanations. */
export const explainSelector: vscode.DocumentSelector = [
	'file',
	'untitled',
	'vscode-remote',
	'vscode-notebook-cell',
	'vscode-vfs',
	'vscode-test-web',
].map(scheme => ({ scheme }));

/** Its own kind: explaining is neither a fix nor a refactoring, and must never run with `Fix all` or on save. */
export const explainKind = vscode.CodeActionKind.Empty.append('explain');

export const explainCommandId = 'sotto.explainSelection';

/** "Explain with Sotto" in the lightbulb of a selection, and of a problem under the cursor. */
export class ExplainCodeActionProvider implements vscode.CodeActionProvider {
	static readonly metadata: vscode.CodeActionProviderMetadata = { providedCodeActionKinds: [explainKind] };

	provideCodeActions(
		document: vscode.TextDocument,
		range: vscode.Range | vscode.Selection,
		context: vscode.CodeActionContext,
	): vscode.CodeAction[] {
		if (!range.isEmpty) {
			return [explainAction('Explain with Sotto', document, range)];
		}
		const [diagnostic] = context.diagnostics;
		if (diagnostic === undefined) {
			return [];
		}
		const action = explainAction('Explain This Problem with Sotto', document, wholeLines(document, diagnostic.range));
		action.diagnostics = [diagnostic];
		return [action];
	}
}

function explainAction(title: string, { uri }: vscode.TextDocument, range: vscode.Range): vscode.CodeAction {
	const action = new vscode.CodeAction(title, explainKind);
	action.command = { command: explainCommandId, title, arguments: [uri, range] };
	return action;
}

/** A problem is often reported on one character; its line is what there is to explain. */
function wholeLines(document: vscode.TextDocument, { start, end }: vscode.Range): vscode.Range {
	return new vscode.Range(start.line, 0, end.line, document.lineAt(end.line).range.end.character);
}
