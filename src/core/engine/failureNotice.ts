import type { EngineErrorCode } from './engineError';
import type { EngineState } from './engineState';

/** Actions for the user after a failure. Each is a button of the notification and an entry of the menu. */
export type Remedy = 'choose-model' | 'use-bundled-model' | 'restart' | 'show-log';

const modelRemedies: readonly Remedy[] = ['choose-model', 'use-bundled-model', 'show-log'];
const engineRemedies: readonly Remedy[] = ['restart', 'show-log'];

const isModelFailure: Readonly<Record<EngineErrorCode, boolean>> = {
	'model-missing': true,
	'model-not-gguf': true,
	'model-truncated': true,
	'model-unsupported': true,
	'model-cannot-complete': true,
	'model-cannot-explain': true,
	'model-not-loaded': false,
	'out-of-memory': true,
	'engine-unavailable': false,
	'engine-exited': false,
	'engine-hung': false,
	'bad-message': false,
	internal: false,
};

export function remediesFor(code: EngineErrorCode): readonly Remedy[] {
	return isModelFailure[code] ? modelRemedies : engineRemedies;
}

/** Quiet time after the last key press before a notification may appear, milliseconds: never a pop-up while typing. */
export const quietMs = 4000;

/** Decides which failures are worth a notification: each distinct one once, until the engine has worked again. */
export class FailureNotices {
	#told: string | undefined;

	/** The sentence to show, or `undefined` when it was shown already or there is nothing to tell. */
	next(state: EngineState): { message: string; remedies: readonly Remedy[] } | undefined {
		if (state.kind === 'ready') {
			this.#told = undefined;
		}
		if (state.kind !== 'failed' || state.reason === this.#told) {
			return undefined;
		}
		this.#told = state.reason;
		return { message: state.reason, remedies: remediesFor(state.code) };
	}
}
