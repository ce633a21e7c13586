import type * as vscode from 'vscode';

/** The core speaks `AbortSignal`; VS Code speaks `CancellationToken`. This is the one bridge. */
export function abortSignalFrom(token: vscode.CancellationToken): { signal: AbortSignal; dispose(): void } {
	const controller = new AbortController();
	if (token.isCancellationRequested) {
		controller.abort();
	}
	const listener = token.onCancellationRequested(() => {
		controller.abort();
	});
	return {
		signal: controller.signal,
		dispose: () => {
			listener.dispose();
		},
	};
}
