import * as vscode from 'vscode';
import { parseTaste } from '../../core/taste/parseTaste';
import { Taste } from '../../core/taste/taste';

const key = 'sotto.taste';

/** Keeps the learned preferences in VS Code's storage on this machine. They are only figures and are never synchronised. */
export function createTaste(storage: vscode.Memento, log: vscode.LogOutputChannel): Taste {
	return new Taste(parseTaste(storage.get(key)), state => {
		storage.update(key, state).then(undefined, (error: unknown) => {
			log.warn('what was learned from accepted and rejected suggestions could not be stored:', error);
		});
	});
}

/** Asks first, because this cannot be undone. */
export async function forgetTaste(taste: Taste, forgetSuggestions: () => void): Promise<void> {
	const { outcomes } = taste.state;
	const suggestions = outcomes === 1 ? '1 suggestion' : `${outcomes} suggestions`;
	const question = `Sotto has adapted to you by ${suggestions} that you accepted or rejected. Reset it to its defaults?`;
	if ((await vscode.window.showWarningMessage(question, { modal: true }, 'Reset')) === 'Reset') {
		taste.forget();
		forgetSuggestions();
	}
}
