import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { proseOf, type ExplainEvent, type ExplainState } from '../../core/explain/explainSession';
import { explainView } from '../../core/explain/explainView';
import { parsePageMessage, type HostMessage, type PageMessage } from '../../protocol/explainPanelContract';
import { explainPageHtml } from './explainPageHtml';

export interface ExplainPanelHandlers {
	message(message: Exclude<PageMessage, { type: 'ready' }>): void;
	closed(): void;
}

/** The one panel, made on first use and made anew after the user closed it. It draws the latest state and keeps no other. */
export class ExplainPanel implements vscode.Disposable {
	#panel: vscode.WebviewPanel | undefined;
	#state: ExplainState | undefined;
	/** A page that has not said `ready` (loading, or hidden and unloaded) gets everything when it does. */
	#isReady = false;
	#sentProse = 0;

	constructor(
		private readonly extensionUri: vscode.Uri,
		private readonly handlers: ExplainPanelHandlers,
		private readonly log: vscode.LogOutputChannel,
	) {}

	/** Beside the editor, which keeps the focus. A panel that is already there stays where the user put it. */
	reveal(): void {
		if (this.#panel === undefined) {
			this.#panel = this.#create();
		} else {
			this.#panel.reveal(undefined, true);
		}
	}

	show(state: ExplainState, event: ExplainEvent): void {
		this.#state = state;
		if (event.kind === 'text') {
			this.#postProse(proseOf(state));
		} else {
			this.#postView();
		}
	}

	dispose(): void {
		this.#panel?.dispose();
	}

	#create(): vscode.WebviewPanel {
		const root = vscode.Uri.joinPath(this.extensionUri, 'dist', 'webview');
		const panel = vscode.window.createWebviewPanel(
			'sotto.explanation',
			'Sotto: Explanation',
			{ viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
			{ enableScripts: true, enableCommandUris: false, enableForms: false, localResourceRoots: [root] },
		);
		panel.webview.onDidReceiveMessage((value: unknown) => {
			this.#receive(value);
		});
		panel.onDidDispose(() => {
			this.#panel = undefined;
			this.#isReady = false;
			this.handlers.closed();
		});
		const resource = (name: string) => panel.webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
		this.#isReady = false;
		panel.webview.html = explainPageHtml({
			nonce: randomBytes(16).toString('base64url'),
			cspSource: panel.webview.cspSource,
			scriptUri: resource('explain.js'),
			styleUri: resource('explain.css'),
		});
		return panel;
	}

	#receive(value: unknown): void {
		const message = parsePageMessage(value);
		if (message === undefined) {
			this.log.warn('The explain panel sent a message that Sotto does not know; it was dropped.');
			return;
		}
		if (message.type === 'ready') {
			this.#isReady = true;
			this.#postView();
			return;
		}
		this.handlers.message(message);
	}

	#postView(): void {
		if (this.#state !== undefined) {
			this.#sentProse = proseOf(this.#state).length;
			this.#post({ type: 'view', view: explainView(this.#state) });
		}
	}

	#postProse(prose: string): void {
		// The first text ends "reading the code" and brings the view of a model that writes.
		if (this.#sentProse === 0) {
			this.#postView();
			return;
		}
		this.#post({ type: 'prose', at: this.#sentProse, text: prose.slice(this.#sentProse) });
		this.#sentProse = prose.length;
	}

	#post(message: HostMessage): void {
		if (this.#isReady) {
			// False means that the page is gone, and then there is nobody to tell: it will ask with `ready`.
			void this.#panel?.webview.postMessage(message);
		}
	}
}
