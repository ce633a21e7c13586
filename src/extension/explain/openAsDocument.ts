import * as vscode from 'vscode';

export const explanationScheme = 'sotto-explanation';

/** Explanations opened as read-only Markdown documents: no question about saving, searchable, best for a screen reader. */
export class ExplanationDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
	readonly #contents = new Map<string, string>();
	readonly #subscriptions: vscode.Disposable;
	#count = 0;

	constructor() {
		this.#subscriptions = vscode.Disposable.from(
			vscode.workspace.registerTextDocumentContentProvider(explanationScheme, this),
			vscode.workspace.onDidCloseTextDocument(({ uri }) => {
				this.#contents.delete(uri.toString());
			}),
		);
	}

	provideTextDocumentContent(uri: vscode.Uri): string {
		return this.#contents.get(uri.toString()) ?? 'This explanation is closed. Run Explain Selection again.\n';
	}

	async open(markdown: string): Promise<void> {
		this.#count++;
		const uri = vscode.Uri.from({ scheme: explanationScheme, path: `/Explanation ${this.#count}.md` });
		this.#contents.set(uri.toString(), markdown);
		const document = await vscode.workspace.openTextDocument(uri);
		await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
	}

	dispose(): void {
		this.#subscriptions.dispose();
		this.#contents.clear();
	}
}
