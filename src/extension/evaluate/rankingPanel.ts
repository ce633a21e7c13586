import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { ModelComparison } from '../../core/evaluation/modelRanking';
import { rankingPage } from '../../core/evaluation/rankingPage';

/** Opens what an evaluation found beside the editor. The page runs no script and may load nothing. */
export function openRanking(comparison: ModelComparison): void {
	const panel = vscode.window.createWebviewPanel(
		'sotto.evaluation',
		'Models on my code',
		{ viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
		{
			enableScripts: false,
			enableCommandUris: false,
			enableForms: false,
			enableFindWidget: true,
			localResourceRoots: [],
		},
	);
	panel.webview.html = rankingPage(comparison, randomBytes(16).toString('base64url'));
}
