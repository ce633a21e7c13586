import type { EngineErrorCode } from './engineError';

/** Properties of a loaded model that the core uses. A subset of the protocol's `ModelInfo`. */
export interface LoadedModel {
	readonly name: string;
	readonly path: string;
	readonly canComplete: boolean;
	/** Why not, as a sentence for the user. */
	readonly cannotComplete?: string | undefined;
	readonly canExplain: boolean;
	readonly contextTokens: number;
}

/** The life of the engine process, as the user is told it. */
export type EngineState =
	| { readonly kind: 'stopped' }
	| { readonly kind: 'starting' }
	| { readonly kind: 'ready'; readonly model: LoadedModel }
	| { readonly kind: 'restarting'; readonly reason: string; readonly delayMs: number }
	| { readonly kind: 'failed'; readonly code: EngineErrorCode; readonly reason: string };

export type EngineEvent =
	| { readonly kind: 'start-requested' }
	| { readonly kind: 'model-loaded'; readonly model: LoadedModel }
	| { readonly kind: 'model-refused'; readonly code: EngineErrorCode; readonly reason: string }
	/** `at`: milliseconds of a monotonic clock. */
	| { readonly kind: 'process-ended'; readonly reason: string; readonly at: number }
	/** Old crashes and refusals no longer count. */
	| { readonly kind: 'stop-requested' };

/** Crashes within `windowMs` after which the engine stays down until the user restarts it. */
export const crashBudget = { crashes: 4, windowMs: 10 * 60_000, firstDelayMs: 250, factor: 4 } as const;

/** The state, and the crashes that still count against the budget (monotonic milliseconds, oldest first). */
export interface EngineLife {
	readonly state: EngineState;
	readonly crashes: readonly number[];
}

export const unstarted: EngineLife = { state: { kind: 'stopped' }, crashes: [] };

/** All transitions of the engine's life. An event that makes no sense in a state leaves it as it is. */
export function reduceEngine(life: EngineLife, event: EngineEvent): EngineLife {
	switch (event.kind) {
		case 'start-requested':
			return canStart(life.state) ? { ...life, state: { kind: 'starting' } } : life;
		case 'model-loaded':
			return life.state.kind === 'starting' ? { ...life, state: { kind: 'ready', model: event.model } } : life;
		case 'model-refused':
			return { ...life, state: { kind: 'failed', code: event.code, reason: event.reason } };
		case 'process-ended':
			return isUp(life.state) ? afterCrash(life, event) : life;
		case 'stop-requested':
			return unstarted;
	}
}

function canStart(state: EngineState): boolean {
	return state.kind === 'stopped' || state.kind === 'restarting';
}

function isUp(state: EngineState): boolean {
	return state.kind === 'starting' || state.kind === 'ready';
}

function afterCrash(life: EngineLife, event: { reason: string; at: number }): EngineLife {
	const crashes = [...life.crashes.filter(at => event.at - at < crashBudget.windowMs), event.at];
	if (crashes.length >= crashBudget.crashes) {
		const reason = `The engine ended ${crashes.length} times in ten minutes (last: ${event.reason}). Restart it from the Sotto menu, or choose another model.`;
		return { crashes, state: { kind: 'failed', code: 'engine-exited', reason } };
	}
	const delayMs = crashBudget.firstDelayMs * crashBudget.factor ** (crashes.length - 1);
	return { crashes, state: { kind: 'restarting', reason: event.reason, delayMs } };
}
