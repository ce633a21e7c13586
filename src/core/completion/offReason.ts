import type { Settings } from '../settings/settings';

export interface Permission {
	readonly trigger: 'automatic' | 'manual';
	readonly settings: Pick<Settings, 'enabled' | 'completion.trigger'>;
	readonly isSnoozed: boolean;
	/** The document is ignored or may hold secrets: no model sees it. */
	readonly isPrivate: boolean;
}

/** Why Sotto does not complete here at all; `undefined` when it may. Who asks by hand overrides all but off and private. */
export function offReason({ trigger, settings, isSnoozed, isPrivate }: Permission): string | undefined {
	if (!settings.enabled) {
		return 'Sotto is off for this language or workspace';
	}
	if (isPrivate) {
		return 'this file is ignored or may hold secrets';
	}
	if (trigger === 'manual') {
		return undefined;
	}
	if (settings['completion.trigger'] === 'manual') {
		return 'suggestions come only when asked for';
	}
	return isSnoozed ? 'Sotto is snoozed' : undefined;
}
