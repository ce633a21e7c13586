import * as vscode from 'vscode';
import { AcceptanceTracker } from '../../core/completion/acceptance';
import type { StatsEvent } from '../../core/stats/completionStats';
import { acceptedCommand } from './inlineCompletionProvider';

/** Feeds the tracker with what VS Code tells: the accept command, and every change of a document. */
export class AcceptanceListener implements vscode.Disposable {
	readonly #tracker: AcceptanceTracker;
	readonly #subscriptions: vscode.Disposable;
	#nextId = 1;

	constructor(onEvent: (event: StatsEvent) => void) {
		this.#tracker = new AcceptanceTracker(onEvent);
		this.#subscriptions = vscode.Disposable.from(
			vscode.commands.registerCommand(acceptedCommand, (id: unknown) => {
				if (typeof id === 'number') {
					this.#tracker.accepted(id);
				}
			}),
			vscode.workspace.onDidChangeTextDocument(event => {
				this.#changed(event);
			}),
		);
	}

	/** Returns the id that the accept command is to carry. `text` is LF; the document's line ends do not matter. */
	offered(document: vscode.TextDocument, position: vscode.Position, text: string): number {
		const id = this.#nextId++;
		const { line, character } = position;
		this.#tracker.offer({ id, uri: document.uri.toString(), line, character, text });
		return id;
	}

	dispose(): void {
		this.#subscriptions.dispose();
	}

	#changed({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
		const uri = document.uri.toString();
		for (const { range, rangeLength, text } of contentChanges) {
			this.#tracker.changed({
				uri,
				line: range.start.line,
				character: range.start.character,
				replacedLength: rangeLength,
				text: text.replaceAll('\r\n', '\n'),
			});
		}
	}
}
