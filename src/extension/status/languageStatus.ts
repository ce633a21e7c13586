import * as vscode from 'vscode';
import { readSettings } from '../settings';
import type { LanguageNames } from './languageNames';
import { completionSelector } from '../completion/inlineCompletionProvider';

/** The switch for the language of the active editor, in VS Code's own language status menu (`{}`). */
export class LanguageStatus implements vscode.Disposable {
	readonly #item = vscode.languages.createLanguageStatusItem('sotto.language', completionSelector);
	readonly #listener: vscode.Disposable;

	constructor(private readonly names: Pick<LanguageNames, 'nameOf'>) {
		this.#item.name = 'Sotto';
		this.#listener = vscode.window.onDidChangeActiveTextEditor(() => {
			this.draw();
		});
		this.draw();
	}

	draw(): void {
		const document = vscode.window.activeTextEditor?.document;
		const isOn = readSettings(document).settings.enabled;
		const language = document === undefined ? 'this language' : this.names.nameOf(document.languageId);
		this.#item.text = isOn ? `Sotto is on for ${language}` : `Sotto is off for ${language}`;
		this.#item.command = { command: 'sotto.toggleLanguage', title: isOn ? 'Turn off' : 'Turn on' };
	}

	dispose(): void {
		this.#listener.dispose();
		this.#item.dispose();
	}
}
