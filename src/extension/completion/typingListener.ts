import * as vscode from 'vscode';
import { isTyping } from '../../core/completion/anticipation';
import { RestWatch } from '../../core/completion/restWatch';
import { after } from '../timer';
import { completionSelector, type CompletionPlace } from './inlineCompletionProvider';

/** Work that starts before the editor requests a suggestion. */
export interface Preparations {
	/** It will ask for this in a moment: it waits 50 ms after a key. */
	anticipate(place: CompletionPlace): Promise<void>;
	/** The user rests here. */
	settle(place: CompletionPlace, rest: 'settle' | 'refresh'): Promise<void>;
}

/** Watches the active editor for what will be asked of the model next. */
export class TypingListener implements vscode.Disposable {
	readonly #rest: RestWatch;
	readonly #subscriptions: vscode.Disposable;
	/** Changed by typing; its cursor is told in an event of its own, right after. */
	#typed: { readonly document: vscode.TextDocument; readonly version: number } | undefined;

	constructor(private readonly preparations: Preparations) {
		this.#rest = new RestWatch(after, rest => {
			const place = activePlace();
			if (place !== undefined) {
				void preparations.settle(place, rest);
			}
		});
		this.#subscriptions = vscode.Disposable.from(
			this.#rest,
			vscode.workspace.onDidChangeTextDocument(event => {
				this.#changed(event);
			}),
			vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
				this.#moved(textEditor);
			}),
			vscode.window.onDidChangeActiveTextEditor(() => {
				this.#rest.moved();
			}),
			vscode.window.onDidChangeWindowState(({ focused }) => {
				if (focused) {
					this.#rest.moved();
				} else {
					this.#rest.dispose();
				}
			}),
		);
		this.#rest.moved();
	}

	dispose(): void {
		this.#subscriptions.dispose();
	}

	#changed({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
		const editor = vscode.window.activeTextEditor;
		const [first] = contentChanges;
		if (editor?.document !== document || first === undefined) {
			return;
		}
		this.#rest.moved();
		const change = {
			places: contentChanges.length,
			inserted: first.text.length,
			isUndoOrRedo: reason !== undefined,
		};
		const cursors = { count: editor.selections.length, isSelection: false };
		this.#typed = isTyping(change, cursors) ? { document, version: document.version } : undefined;
	}

	#moved(editor: vscode.TextEditor): void {
		if (editor !== vscode.window.activeTextEditor) {
			return;
		}
		this.#rest.moved();
		const typed = this.#typed;
		this.#typed = undefined;
		const place = activePlace();
		if (place?.document === typed?.document && place?.document.version === typed?.version && place !== undefined) {
			void this.preparations.anticipate(place);
		}
	}
}

/** Where the one cursor of the active editor stands, if completions may be offered there. */
function activePlace(): CompletionPlace | undefined {
	const editor = vscode.window.activeTextEditor;
	if (editor?.selections.length !== 1 || !editor.selection.isEmpty) {
		return undefined;
	}
	const { document, selection } = editor;
	return vscode.languages.match(completionSelector, document) === 0
		? undefined
		: { document, position: selection.active, trigger: 'automatic', selected: undefined, isSelecting: false };
}
