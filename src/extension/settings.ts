import * as vscode from 'vscode';
import { resolveSettings, type SettingKey, type Settings } from '../core/settings/settings';

export const section = 'sotto';

/** Where settings are read: a document's own, or the window's. */
export type SettingsScope = { readonly uri: vscode.Uri; readonly languageId?: string } | undefined;

/**
 * The only place that reads the configuration. Values are taken layer by layer, so that what a workspace says is known
 * as such whatever scope the manifest gives a key.
 */
export function readSettings(scope: SettingsScope): { settings: Settings; problems: readonly string[] } {
	const configuration = vscode.workspace.getConfiguration(section, configurationScope(scope));
	return resolveSettings(key => {
		const found = configuration.inspect<unknown>(key);
		return {
			user: found?.globalLanguageValue ?? found?.globalValue,
			workspace: [
				found?.workspaceFolderLanguageValue ?? found?.workspaceFolderValue,
				found?.workspaceLanguageValue ?? found?.workspaceValue,
			].filter(value => value !== undefined),
		};
	});
}

function configurationScope(scope: SettingsScope): vscode.ConfigurationScope | null {
	const { uri, languageId } = scope ?? {};
	return languageId === undefined ? (uri ?? null) : { ...(uri !== undefined && { uri }), languageId };
}

/** VS Code's own switch for ghost text, whoever offers it. */
export function canShowInlineSuggestions(): boolean {
	return vscode.workspace.getConfiguration('editor').get<boolean>('inlineSuggest.enabled') !== false;
}

/** Writes to the user's settings, for one language when `scope` names one. */
export async function writeSetting<K extends SettingKey>(
	key: K,
	value: Settings[K] | undefined,
	languageId?: string,
): Promise<void> {
	const scope = languageId === undefined ? null : { languageId };
	const configuration = vscode.workspace.getConfiguration(section, scope);
	await configuration.update(key, value, vscode.ConfigurationTarget.Global, languageId !== undefined);
}

/**
 * Turns Sotto on or off for the user, for one language when a document is given. Says so when a workspace keeps it off,
 * because then the switch alone changes nothing.
 */
export async function toggle(scope: SettingsScope): Promise<void> {
	const isOn = readSettings(scope).settings.enabled;
	await writeSetting('enabled', !isOn, scope?.languageId);
	if (!isOn && !readSettings(scope).settings.enabled) {
		void vscode.window.showInformationMessage(
			'Sotto is on in your settings, but this workspace turns it off (sotto.enabled in its settings).',
		);
	}
}
