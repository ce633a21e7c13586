import * as vscode from 'vscode';
import type { EngineState } from '../core/engine/engineState';
import { settingKeys, type Settings } from '../core/settings/settings';
import type { CompletionStats } from '../core/stats/completionStats';

export interface DiagnosticsInput {
	readonly extensionVersion: string;
	readonly engine: EngineState;
	readonly stats: CompletionStats;
	readonly settings: Settings;
	readonly problems: readonly string[];
}

/** The facts that a bug report needs, without the user's data: no code, no paths, no names of files. */
export function renderDiagnostics({ extensionVersion, engine, stats, settings, problems }: DiagnosticsInput): string {
	const paths = new Set(['model.path', 'explain.modelPath', 'context.ignore']);
	const shown = settingKeys.map(
		key => `${key}: ${paths.has(key) ? redact(settings[key]) : JSON.stringify(settings[key])}`,
	);
	const counts = Object.entries(stats).map(([name, value]) => `${name}: ${value ?? 'none'}`);
	return [
		`Sotto ${extensionVersion} in ${vscode.env.appName} ${vscode.version} (${process.platform}-${process.arch})`,
		`engine: ${describe(engine)}`,
		`settings: ${shown.join(', ')}`,
		`since the window opened: ${counts.join(', ')}`,
		`settings of the wrong type: ${problems.length}`,
	].join('\n');
}

function describe(state: EngineState): string {
	switch (state.kind) {
		case 'ready':
			return `ready with ${state.model.name}, context ${state.model.contextTokens}`;
		case 'failed':
			return `failed (${state.code})`;
		case 'restarting':
			return `restarting after ${state.reason}`;
		case 'starting':
		case 'stopped':
			return state.kind;
	}
}

function redact(value: Settings[keyof Settings]): string {
	const isEmpty = value === '' || (Array.isArray(value) && value.length === 0);
	return isEmpty ? 'default' : 'set';
}
