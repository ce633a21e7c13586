import * as vscode from 'vscode';
import { languageName, languagesOf, type LanguageContribution } from '../../core/text/languageNames';

/** The names of languages as VS Code shows them. Its API tells only ids, so they are read from the extensions' manifests. */
export class LanguageNames implements vscode.Disposable {
	readonly #known = new Map<string, string>();
	readonly #listener = vscode.extensions.onDidChange(() => {
		this.#known.clear();
	});

	nameOf(id: string): string {
		const name = this.#known.get(id) ?? languageName(id, contributions());
		this.#known.set(id, name);
		return name;
	}

	dispose(): void {
		this.#listener.dispose();
	}
}

function* contributions(): Generator<LanguageContribution> {
	for (const { packageJSON } of vscode.extensions.all) {
		yield* languagesOf(packageJSON);
	}
}
