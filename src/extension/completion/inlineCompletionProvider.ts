import * as vscode from 'vscode';
import { isAbort } from '../../core/engine/engineError';
import type { CompletionOutcome, Suggestion } from '../../core/completion/completionRequest';
import { abortSignalFrom } from '../abortSignal';

/** The documents in which completions may be offered. Output channels, settings, search results … are none of ours. */
export const completionSelector: vscode.DocumentSelector = [
	{ scheme: 'file' },
	{ scheme: 'untitled' },
	{ scheme: 'vscode-remote' },
	{ scheme: 'vscode-vfs' },
	{ scheme: 'vscode-notebook-cell' },
];

/** Internal: run by VS Code when it has inserted one of our items. */
export const acceptedCommand = 'sotto.accepted';

/** The provider's dependencies: it requests suggestions and reports which were offered. */
export interface InlineCompletions {
	/** `selected`: what an open suggest widget would insert, and where; the suggestion has to extend it. */
	complete(place: CompletionPlace, signal: AbortSignal): Promise<CompletionOutcome>;
	/** Returns the id that the accept command will carry. */
	offered(document: vscode.TextDocument, position: vscode.Position, text: string): number;
}

export interface CompletionPlace {
	readonly document: vscode.TextDocument;
	readonly position: vscode.Position;
	readonly trigger: 'automatic' | 'manual';
	readonly selected: vscode.SelectedCompletionInfo | undefined;
	/** Text is selected, or there are several cursors. */
	readonly isSelecting: boolean;
}

/**
 * Translates between `vscode` and the core; it decides nothing. Stable API only: no member and no argument beyond
 * `provideInlineCompletionItems`, since stock VS Code throws at the sight of the proposed ones.
 */
export class InlineCompletionProvider implements vscode.InlineCompletionItemProvider {
	constructor(
		private readonly completions: InlineCompletions,
		private readonly log: vscode.LogOutputChannel,
	) {}

	async provideInlineCompletionItems(
		document: vscode.TextDocument,
		position: vscode.Position,
		context: vscode.InlineCompletionContext,
		token: vscode.CancellationToken,
	): Promise<vscode.InlineCompletionItem[]> {
		const cancellation = abortSignalFrom(token);
		const selected = context.selectedCompletionInfo;
		const isManual = context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke;
		try {
			const trigger = isManual ? 'manual' : 'automatic';
			const place = { document, position, selected, trigger, isSelecting: isSelectingIn(document) } as const;
			const outcome = await this.completions.complete(place, cancellation.signal);
			if (outcome.kind === 'silence') {
				return [];
			}
			const suggestions = [outcome.suggestion, ...(outcome.alternatives ?? [])];
			return suggestions.filter(one => fits(place, one)).map(one => this.#item(place, one));
		} catch (error) {
			if (!isAbort(error)) {
				this.log.debug('no completion:', error); // never a popup: the user is typing, and the status bar says why
			}
			return [];
		} finally {
			cancellation.dispose();
		}
	}

	#item({ document, position, selected }: CompletionPlace, suggestion: Suggestion): vscode.InlineCompletionItem {
		const end = position.translate(0, suggestion.replaceAfter);
		const range = selected === undefined ? new vscode.Range(position, end) : selected.range;
		const text = `${selected?.text ?? ''}${suggestion.text}`;
		const id = this.completions.offered(document, range.start, text);
		const command = { command: acceptedCommand, title: 'Accepted', arguments: [id] };
		return new vscode.InlineCompletionItem(text, range, command);
	}
}

/**
 * The nearest that the stable API comes to telling that a snippet is being filled in: a placeholder is selected, or its
 * copies have a cursor each. While one is typed into, VS Code hides ghost text itself (`suppressInSnippetMode`).
 */
function isSelectingIn(document: vscode.TextDocument): boolean {
	const editor = vscode.window.activeTextEditor;
	return editor?.document === document && (editor.selections.length > 1 || !editor.selection.isEmpty);
}

/**
 * With a suggest widget open, an item has to replace what the widget's entry replaces and no more. One that would replace
 * text behind it waits: it comes from memory when the entry has been accepted.
 */
function fits({ selected }: CompletionPlace, { replaceAfter }: Suggestion): boolean {
	return selected === undefined || replaceAfter === 0;
}
