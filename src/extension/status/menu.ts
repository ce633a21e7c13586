import * as vscode from 'vscode';

/** The state that the entries of the menu depend on. */
export interface MenuView {
	/** Sentences of the status bar's tooltip. */
	readonly detail: readonly string[];
	readonly isOn: boolean;
	readonly isSnoozed: boolean;
	/** Name of the active editor's language. */
	readonly language: string | undefined;
	readonly isOnForLanguage: boolean;
	/** The user has chosen a model file. */
	readonly hasOwnModel: boolean;
}

const separator: Entry = { label: '', command: '', kind: vscode.QuickPickItemKind.Separator };

interface Entry extends vscode.QuickPickItem {
	readonly command: string;
	readonly arguments?: readonly unknown[];
}

/** The quick pick behind the status bar item: the state in words, then the commands. */
export async function showMenu(view: MenuView): Promise<void> {
	const choice = await vscode.window.showQuickPick(entries(view), {
		title: 'Sotto',
		placeHolder: 'Choose a command',
	});
	if (choice !== undefined) {
		await vscode.commands.executeCommand(choice.command, ...(choice.arguments ?? []));
	}
}

function entries(view: MenuView): Entry[] {
	const language =
		view.language === undefined
			? []
			: [entry(view.isOnForLanguage ? 'circle-slash' : 'check', languageLabel(view), 'sotto.toggleLanguage')];
	const bundled = view.hasOwnModel ? [entry('package', 'Use the bundled model', 'sotto.useBundledModel')] : [];
	return [
		...view.detail.map(sentence => entry('info', sentence, 'sotto.showLog')),
		separator,
		entry(view.isOn ? 'circle-slash' : 'check', view.isOn ? 'Turn off' : 'Turn on', 'sotto.toggle'),
		...language,
		entry('bell-slash', view.isSnoozed ? 'End or extend the snooze…' : 'Snooze…', 'sotto.snooze'),
		entry('search', 'Why this suggestion, or why none', 'sotto.explainLastSuggestion'),
		separator,
		entry('file-binary', 'Choose completion model (GGUF)…', 'sotto.chooseModel'),
		entry('book', 'Choose explanation model (GGUF)…', 'sotto.chooseExplainModel'),
		...bundled,
		entry('beaker', 'Evaluate models on my code…', 'sotto.evaluateModels'),
		separator,
		entry('debug-restart', 'Restart engine', 'sotto.restartEngine'),
		entry('output', 'Show log', 'sotto.showLog'),
		{ ...entry('gear', 'Settings', 'workbench.action.openSettings'), arguments: ['@ext:sotto.sotto'] },
		entry('question', 'Walkthrough', 'sotto.openWalkthrough'),
	];
}

function languageLabel({ language, isOnForLanguage }: MenuView): string {
	return `${isOnForLanguage ? 'Turn off' : 'Turn on'} for ${language ?? ''}`;
}

function entry(icon: string, label: string, command: string): Entry {
	return { label: `$(${icon}) ${label}`, command };
}
