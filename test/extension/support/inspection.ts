import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './editing';

/** The newest page or test case: their names are numbered. */
export function newestInspection(): string {
	const pages = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'sotto-inspection');
	const numberOf = ({ uri }: vscode.TextDocument): number => Number(/ (\d+)\.\w+$/.exec(uri.path)?.[1]);
	return pages.toSorted((a, b) => numberOf(b) - numberOf(a))[0]?.getText() ?? '';
}

/** The tab of a page: a rendered preview, no text editor. */
function pageTab(): vscode.Tab | undefined {
	const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
	return tabs.find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('markdown'));
}

/** Asks why, and returns the page's source. Closes the page: text that is typed next must not go there. */
export async function askWhy(): Promise<string> {
	await vscode.commands.executeCommand('sotto.explainLastSuggestion');
	await until('the page is rendered', () => pageTab() !== undefined);
	assert.ok(!vscode.window.visibleTextEditors.some(({ document }) => document.uri.scheme === 'sotto-inspection'));
	const page = newestInspection();
	const tab = pageTab();
	assert.ok(tab !== undefined && (await vscode.window.tabGroups.close(tab)));
	return page;
}
