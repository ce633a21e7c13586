import * as vscode from 'vscode';
import type { Outliner } from '../../core/explain/codeFacts';
import { lineRange } from '../../core/explain/evidence';
import { ExplainService, type ExplainEngine, type ExplainRequest } from '../../core/explain/explainService';
import { explanationDocument } from '../../core/explain/explainView';
import { gatherEvidence } from '../../core/explain/gatherEvidence';
import { DisposableStore, type Disposable } from '../../core/util/disposable';
import { errorMessage } from '../../core/util/errorMessage';
import type { PageMessage } from '../../protocol/explainPanelContract';
import { displayPath } from '../displayPath';
import { VirtualDocuments } from '../virtualDocuments';
import { explainDocument, spanOf } from './editorDocument';
import { evidenceSources, type MayRead } from './evidenceCollector';
import { ExplainCodeActionProvider, explainSelector } from './explainCodeAction';
import { ExplainPanel } from './explainPanel';
import { timeBudget } from './timeBudget';

export interface ExplainDependencies {
	readonly context: Pick<vscode.ExtensionContext, 'extensionUri'>;
	readonly engine: ExplainEngine;
	readonly outliner: Outliner;
	/** False for files that no model may see: ignored and secret ones. Their text is not quoted either. */
	readonly mayRead: MayRead;
	readonly log: vscode.LogOutputChannel;
}

export interface ExplainFeature {
	/** Settles when the explanation has ended, in whatever way. The arguments are those of the code action, if any. */
	explainSelection(uri?: unknown, range?: unknown): Promise<void>;
	/** Opens the latest explanation as a document; explains the selection first where there is none. */
	openAsDocument(): Promise<void>;
}

/** A language server that needs longer is not worth waiting for: the model can start without its answer. */
const sourceBudgetMs = 1500;

const changedNote = 'The file changed while the editor was being asked. Run again if the lines do not fit.';

const pickChatModel = 'sotto.chooseExplainModel';

export function createExplainFeature(dependencies: ExplainDependencies): ExplainFeature & Disposable {
	return new Explaining(dependencies);
}

class Explaining implements ExplainFeature, Disposable {
	readonly #store = new DisposableStore();
	readonly #documents = this.#store.add(
		new VirtualDocuments('sotto-explanation', 'This explanation is closed. Run Explain Selection again.\n'),
	);
	readonly #panel: ExplainPanel;
	readonly #service: ExplainService;
	#explained: vscode.Uri | undefined;

	constructor(private readonly dependencies: ExplainDependencies) {
		const { engine, context, log } = dependencies;
		this.#service = new ExplainService(engine, {
			changed: (state, event) => {
				this.#panel.show(state, event);
			},
			failed: error => {
				log.error('explaining failed', error);
			},
		});
		this.#panel = this.#store.add(
			new ExplainPanel(
				context.extensionUri,
				{
					message: message => {
						void this.#atBoundary(() => this.#handle(message));
					},
					closed: () => {
						this.#service.cancel();
					},
				},
				log,
			),
		);
		this.#store.add(
			vscode.languages.registerCodeActionsProvider(
				explainSelector,
				new ExplainCodeActionProvider(),
				ExplainCodeActionProvider.metadata,
			),
		);
	}

	async explainSelection(uri?: unknown, range?: unknown): Promise<void> {
		const asked = uri instanceof vscode.Uri && range instanceof vscode.Range ? { uri, range } : undefined;
		const editor = vscode.window.activeTextEditor ?? visibleCodeEditor();
		const document = asked === undefined ? editor?.document : await vscode.workspace.openTextDocument(asked.uri);
		const selection = asked?.range ?? editor?.selection;
		if (document === undefined || selection === undefined) {
			void vscode.window.showInformationMessage('Open a file and select some code, then run Explain Selection again.');
			return;
		}
		this.#explained = document.uri;
		this.#panel.reveal();
		await this.#service.explain(this.#request(document, selection));
	}

	async openAsDocument(): Promise<void> {
		if (this.#service.state === undefined) {
			await this.explainSelection();
		}
		const markdown = this.#service.state === undefined ? undefined : explanationDocument(this.#service.state);
		if (markdown === undefined) {
			void vscode.window.showInformationMessage(
				'There is no explanation yet. Select some code and run Explain Selection.',
			);
			return;
		}
		await this.#documents.open('Explanation', 'md', markdown);
	}

	dispose(): void {
		this.#service.cancel();
		this.#store.dispose();
	}

	#request(document: vscode.TextDocument, selection: vscode.Range): ExplainRequest {
		const { mayRead, outliner, log } = this.dependencies;
		const lines = lineRange(selection.start.line + 1, selection.end.line + 1);
		return {
			subject: `${displayPath(document.uri)}, ${lines}`,
			mayAskModel: () => mayRead(document.uri),
			gather: async signal => {
				const { version } = document;
				const missed = (source: string, why: unknown) => {
					log.debug(`Explaining without ${source}: ${why instanceof Error ? why.message : String(why)}`);
				};
				const evidence = await gatherEvidence(
					explainDocument(document),
					spanOf(selection),
					evidenceSources(document, mayRead, outliner),
					timeBudget(sourceBudgetMs, signal, missed),
				);
				return evidence === undefined || document.version === version
					? evidence
					: { ...evidence, notes: [...evidence.notes, changedNote] };
			},
		};
	}

	async #handle(message: Exclude<PageMessage, { type: 'ready' }>): Promise<void> {
		switch (message.type) {
			case 'cancel':
				this.#service.cancel();
				return;
			case 'rerun':
				return this.#service.rerun();
			case 'openAsDocument':
				return this.openAsDocument();
			case 'chooseModel':
				await vscode.commands.executeCommand(pickChatModel);
				return;
			case 'showLog':
				this.dependencies.log.show();
				return;
			case 'reveal':
				return this.#revealLines(message.line, message.lastLine ?? message.line);
		}
	}

	/** Lines as the model named them may not exist; the nearest that do are shown. */
	async #revealLines(first: number, last: number): Promise<void> {
		if (this.#explained === undefined) {
			return;
		}
		const document = await vscode.workspace.openTextDocument(this.#explained);
		const range = document.validateRange(new vscode.Range(first - 1, 0, last - 1, Number.MAX_SAFE_INTEGER));
		const shown = vscode.window.visibleTextEditors.find(editor => editor.document === document);
		const editor = await vscode.window.showTextDocument(document, {
			viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
			preserveFocus: false,
		});
		editor.selection = new vscode.Selection(range.start, range.end);
		editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
	}

	async #atBoundary(run: () => Promise<void>): Promise<void> {
		try {
			await run();
		} catch (error) {
			this.dependencies.log.error('the explain panel', error);
			const reason = errorMessage(error);
			const choice = await vscode.window.showErrorMessage(`Sotto could not do that: ${reason}`, 'Show Log');
			if (choice === 'Show Log') {
				this.dependencies.log.show();
			}
		}
	}
}

/** While the panel has the focus no editor is active, but the one beside it is meant. */
function visibleCodeEditor(): vscode.TextEditor | undefined {
	return vscode.window.visibleTextEditors.find(({ document }) => vscode.languages.match(explainSelector, document) > 0);
}
