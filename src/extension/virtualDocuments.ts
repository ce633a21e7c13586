import * as vscode from 'vscode';

/** Texts opened as read-only documents: no question about saving, searchable, best for a screen reader. */
export class VirtualDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
	readonly #contents = new Map<string, string>();
	readonly #subscriptions: vscode.Disposable;
	#count = 0;

	/** @param closed stands in a document that is opened again after it was closed, by a window that is restored. */
	constructor(
		private readonly scheme: string,
		private readonly closed: string,
	) {
		this.#subscriptions = vscode.Disposable.from(
			vscode.workspace.registerTextDocumentContentProvider(scheme, this),
			vscode.workspace.onDidCloseTextDocument(({ uri }) => {
				this.#contents.delete(uri.toString());
			}),
		);
	}

	provideTextDocumentContent(uri: vscode.Uri): string {
		return this.#contents.get(uri.toString()) ?? this.closed;
	}

	/** Opens beside the editor, as `title` with a number. */
	async open(title: string, extension: string, text: string): Promise<void> {
		this.#count++;
		const uri = vscode.Uri.from({ scheme: this.scheme, path: `/${title} ${this.#count}.${extension}` });
		this.#contents.set(uri.toString(), text);
		const document = await vscode.workspace.openTextDocument(uri);
		await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
	}

	dispose(): void {
		this.#subscriptions.dispose();
		this.#contents.clear();
	}
}
