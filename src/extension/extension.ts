import * as vscode from 'vscode';
import { registerCommands } from './commands';
import { completionSelector } from './completion/inlineCompletionProvider';
import { compose } from './compose';

/** Registers and returns: the engine is not started before something is asked of it. */
export function activate(context: vscode.ExtensionContext): void {
	const start = performance.now();
	const log = vscode.window.createOutputChannel('Sotto', { log: true });
	const app = compose(context, log);
	// Disposed of in this order: the log outlives those who write to it.
	context.subscriptions.push(
		app,
		registerCommands(app.commands, log),
		vscode.languages.registerInlineCompletionItemProvider(completionSelector, app.provider),
		log,
	);
	log.info(`activated in ${(performance.now() - start).toFixed(1)} ms`);
}

// No deactivate(): VS Code disposes `context.subscriptions`, and with them the engine process.
