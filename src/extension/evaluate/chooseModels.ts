import { existsSync } from 'node:fs';
import * as vscode from 'vscode';

interface Entry extends vscode.QuickPickItem {
	readonly path?: string;
}

const key = 'sotto.evaluatedModels';

/** Files remembered from earlier evaluations, for the next one. */
const mostRemembered = 10;

/**
 * Asks which models to evaluate: the one in the box, the chosen one, those of earlier evaluations, and files from the disk.
 * @returns absolute paths, empty where the user wants none after all.
 */
export async function chooseModels(
	known: { readonly bundled: string; readonly chosen: string },
	storage: vscode.Memento,
): Promise<readonly string[]> {
	const earlier = storage.get<readonly string[]>(key, []).filter(path => existsSync(path));
	const own = [known.chosen, ...earlier].filter(path => path !== '' && path !== known.bundled);
	const more: Entry = { label: '$(add) Other GGUF files…', alwaysShow: true };
	const entries: readonly Entry[] = [
		{ label: 'The bundled model', path: known.bundled, picked: true },
		...[...new Set(own)].map(path => ({ label: path, path, picked: path === known.chosen })),
		more,
	];
	const picked = await vscode.window.showQuickPick(entries, {
		title: 'Sotto: which models to evaluate on your code?',
		placeHolder: 'They are asked one after the other, at the same places',
		canPickMany: true,
	});
	const files = picked?.includes(more) === true ? await openFiles() : [];
	const paths = [...new Set([...(picked ?? []).flatMap(({ path }) => path ?? []), ...files])];
	const toKeep = [...files, ...earlier.filter(path => !files.includes(path))].slice(0, mostRemembered);
	await storage.update(key, toKeep);
	return paths;
}

async function openFiles(): Promise<readonly string[]> {
	const files = await vscode.window.showOpenDialog({
		title: 'Choose models (GGUF) to evaluate',
		openLabel: 'Evaluate',
		filters: { 'GGUF models': ['gguf'], 'All files': ['*'] },
		canSelectMany: true,
	});
	return (files ?? []).map(({ fsPath }) => fsPath);
}
