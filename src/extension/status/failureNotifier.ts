import * as vscode from 'vscode';
import type { EngineState } from '../../core/engine/engineState';
import { FailureNotices, quietMs, type Remedy } from '../../core/engine/failureNotice';

const buttons: Readonly<Record<Remedy, { title: string; command: string }>> = {
	'choose-model': { title: 'Choose Model…', command: 'sotto.chooseModel' },
	'use-bundled-model': { title: 'Use the Bundled Model', command: 'sotto.useBundledModel' },
	restart: { title: 'Restart Engine', command: 'sotto.restartEngine' },
	'show-log': { title: 'Show Log', command: 'sotto.showLog' },
};

/** Shows a notification about a failed engine, once, and only after a pause in typing. */
export class FailureNotifier implements vscode.Disposable {
	readonly #notices = new FailureNotices();
	#timer: NodeJS.Timeout | undefined;
	#pending: (() => void) | undefined;
	readonly #listener = vscode.workspace.onDidChangeTextDocument(() => {
		this.#postpone();
	});

	onState(state: EngineState): void {
		const notice = this.#notices.next(state);
		if (notice !== undefined) {
			this.#pending = () => void this.#show(notice.message, notice.remedies);
			this.#postpone();
		} else if (state.kind !== 'failed') {
			this.#pending = undefined;
		}
	}

	dispose(): void {
		clearTimeout(this.#timer);
		this.#listener.dispose();
	}

	#postpone(): void {
		if (this.#pending === undefined) {
			return;
		}
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			this.#pending?.();
			this.#pending = undefined;
		}, quietMs);
	}

	async #show(message: string, remedies: readonly Remedy[]): Promise<void> {
		const offered = remedies.map(remedy => buttons[remedy]);
		const choice = await vscode.window.showWarningMessage(`Sotto: ${message}`, ...offered.map(({ title }) => title));
		const chosen = offered.find(({ title }) => title === choice);
		if (chosen !== undefined) {
			await vscode.commands.executeCommand(chosen.command);
		}
	}
}
