import * as vscode from 'vscode';

/** Texts kept at a time; the oldest is dropped. A preview reads its document again long after it was opened. */
const capacity = 8;

/** VS Code's own Markdown support, and its command for a preview beside the editor. */
const markdownExtension = 'vscode.markdown-language-features';
const previewCommand = 'markdown.showPreviewToSide';

/** Texts opened as read-only documents: no question about saving, searchable, readable by a screen reader. */
export class VirtualDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
	readonly #contents = new Map<string, string>();
	readonly #subscription: vscode.Disposable;
	#count = 0;

	/** @param closed the text of a document that is no longer kept: a restored window may open one. */
	constructor(
		private readonly scheme: string,
		private readonly closed: string,
	) {
		this.#subscription = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
	}

	provideTextDocumentContent(uri: vscode.Uri): string {
		return this.#contents.get(uri.toString()) ?? this.closed;
	}

	/** Opens beside the editor, as `title` with a number. */
	async open(title: string, extension: string, text: string): Promise<void> {
		await showSource(await this.#add(title, extension, text));
	}

	/** The same for Markdown, rendered by VS Code's preview; as source where the user has disabled that. */
	async openRendered(title: string, markdown: string): Promise<void> {
		const document = await this.#add(title, 'md', markdown);
		await (vscode.extensions.getExtension(markdownExtension) === undefined
			? showSource(document)
			: vscode.commands.executeCommand(previewCommand, document.uri));
	}

	async #add(title: string, extension: string, text: string): Promise<vscode.TextDocument> {
		this.#count++;
		const uri = vscode.Uri.from({ scheme: this.scheme, path: `/${title} ${this.#count}.${extension}` });
		this.#contents.set(uri.toString(), text);
		for (const oldest of [...this.#contents.keys()].slice(0, -capacity)) {
			this.#contents.delete(oldest);
		}
		return vscode.workspace.openTextDocument(uri);
	}

	dispose(): void {
		this.#subscription.dispose();
		this.#contents.clear();
	}
}

async function showSource(document: vscode.TextDocument): Promise<void> {
	await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}
