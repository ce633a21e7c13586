import * as vscode from 'vscode';
import { renderStatus, type StatusInput } from '../../core/status/renderStatus';

const backgrounds = {
	normal: undefined,
	warning: new vscode.ThemeColor('statusBarItem.warningBackground'),
	error: new vscode.ThemeColor('statusBarItem.errorBackground'),
} as const;

/** Draws the result of `renderStatus` and has no rules of its own. A click opens the menu. */
export class StatusBar implements vscode.Disposable {
	readonly #item: vscode.StatusBarItem;

	constructor() {
		this.#item = vscode.window.createStatusBarItem('sotto.status', vscode.StatusBarAlignment.Right, 100);
		this.#item.name = 'Sotto';
		this.#item.command = 'sotto.showMenu';
		this.#item.show();
	}

	draw(input: StatusInput): void {
		const view = renderStatus(input);
		const label = view.text === '' ? 'Sotto' : `Sotto: ${view.text}`;
		this.#item.text = `$(${view.icon}) ${label}`;
		this.#item.tooltip = view.detail.join('\n');
		this.#item.backgroundColor = backgrounds[view.severity];
		this.#item.accessibilityInformation = { label: `${label}. ${view.detail.join(' ')}`, role: 'button' };
	}

	dispose(): void {
		this.#item.dispose();
	}
}
