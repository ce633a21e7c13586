import * as vscode from 'vscode';
import { isAbort } from '../core/engine/engineError';
import { errorMessage } from '../core/util/errorMessage';

/** Everything that `package.json` contributes; a test holds the two equal. */
export const commandIds = [
	'sotto.triggerCompletion',
	'sotto.explainSelection',
	'sotto.explainAsDocument',
	'sotto.toggle',
	'sotto.toggleLanguage',
	'sotto.snooze',
	'sotto.chooseModel',
	'sotto.chooseExplainModel',
	'sotto.useBundledModel',
	'sotto.restartEngine',
	'sotto.showMenu',
	'sotto.showLog',
	'sotto.copyDiagnostics',
	'sotto.explainLastSuggestion',
	'sotto.copyAsTestCase',
	'sotto.evaluateModels',
	'sotto.forgetTaste',
	'sotto.openSample',
	'sotto.openWalkthrough',
] as const;
export type CommandId = (typeof commandIds)[number];
type Run = (...args: readonly unknown[]) => Promise<void> | void;
export type CommandTable = Readonly<Record<CommandId, Run>>;

export function registerCommands(table: CommandTable, log: vscode.LogOutputChannel): vscode.Disposable {
	return vscode.Disposable.from(
		...commandIds.map(id =>
			vscode.commands.registerCommand(id, (...args: readonly unknown[]) =>
				atBoundary(id, () => table[id](...args), log),
			),
		),
	);
}

/** A failure is logged once, with its cause, and told to the user once, with a way forward. Cancelling is not a failure. */
async function atBoundary(id: CommandId, run: () => Promise<void> | void, log: vscode.LogOutputChannel): Promise<void> {
	try {
		await run();
	} catch (error) {
		if (isAbort(error)) {
			return;
		}
		log.error(id, error);
		const message = errorMessage(error);
		const choice = await vscode.window.showErrorMessage(`Sotto: ${message}`, 'Show Log');
		if (choice === 'Show Log') {
			log.show();
		}
	}
}
