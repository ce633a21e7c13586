import * as vscode from 'vscode';
import { writeSetting } from '../settings';

/** Asks for a GGUF file and remembers it; the engine restarts on the change of the setting. */
export async function chooseModel(key: 'model.path' | 'explain.modelPath'): Promise<void> {
	const purpose = key === 'model.path' ? 'complete code' : 'explain code';
	const [file] =
		(await vscode.window.showOpenDialog({
			title: `Choose the model (GGUF) that is to ${purpose}`,
			openLabel: 'Use This Model',
			filters: { 'GGUF models': ['gguf'], 'All files': ['*'] },
			canSelectMany: false,
		})) ?? [];
	if (file !== undefined) {
		await writeSetting(key, file.fsPath);
	}
}

export async function useBundledModel(): Promise<void> {
	await writeSetting('model.path', undefined);
}
