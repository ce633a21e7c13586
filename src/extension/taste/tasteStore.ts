import * as vscode from 'vscode';
import { parseTaste } from '../../core/taste/parseTaste';
import { Taste } from '../../core/taste/taste';

const key = 'sotto.taste';

/** What was learnt of the user, kept in VS Code's own storage on this machine; figures only, and never synchronised. */
export function createTaste(storage: vscode.Memento, log: vscode.LogOutputChannel): Taste {
	return new Taste(parseTaste(storage.get(key)), state => {
		storage.update(key, state).then(undefined, (error: unknown) => {
			log.warn('what you accept and pass over could not be kept:', error);
		});
	});
}

/** Asks first: there is no way back. */
export async function forgetTaste(taste: Taste, forgetSuggestions: () => void): Promise<void> {
	const { outcomes } = taste.state;
	const question = `Sotto has learnt from ${outcomes} suggestions that you accepted or passed over. Forget all of it?`;
	if ((await vscode.window.showWarningMessage(question, { modal: true }, 'Forget')) === 'Forget') {
		taste.forget();
		forgetSuggestions();
	}
}
