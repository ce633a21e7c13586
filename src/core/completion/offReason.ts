import type { Settings } from '../settings/settings';
import type { OffReason } from './silenceReasons';

export interface Permission {
	readonly trigger: 'automatic' | 'manual';
	readonly settings: Pick<Settings, 'enabled' | 'completion.trigger'>;
	readonly isSnoozed: boolean;
	/** The document is ignored or may contain secrets. No model reads it. */
	readonly isPrivate: boolean;
}

/** Why Sotto may not complete here; `undefined` where it may. A request by hand overrides all but `disabled` and `private-file`. */
export function offReason({ trigger, settings, isSnoozed, isPrivate }: Permission): OffReason | undefined {
	if (!settings.enabled) {
		return 'disabled';
	}
	if (isPrivate) {
		return 'private-file';
	}
	if (trigger === 'manual') {
		return undefined;
	}
	if (settings['completion.trigger'] === 'manual') {
		return 'manual-only';
	}
	return isSnoozed ? 'snoozed' : undefined;
}
