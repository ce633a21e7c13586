import * as vscode from 'vscode';
import { resolveSettings, type SettingKey, type Settings } from '../core/settings/settings';

export const section = 'sotto';

/** Where settings are read: a document's own, or the window's. */
export type SettingsScope = Pick<vscode.TextDocument, 'uri' | 'languageId'> | undefined;

/**
 * The only place that reads the configuration. Values are taken layer by layer, so that what a workspace says is known
 * as such whatever scope the manifest gives a key.
 */
export function readSettings(scope: SettingsScope): { settings: Settings; problems: readonly string[] } {
	const configuration = vscode.workspace.getConfiguration(section, scope ?? null);
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
