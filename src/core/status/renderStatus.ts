import type { EngineState, LoadedModel } from '../engine/engineState';
import { remediesFor } from '../engine/failureNotice';
import { assertNever } from '../util/assertNever';

export interface StatusInput {
	readonly engine: EngineState;
	readonly enabled: boolean;
	/** A time of day to show (`14:05`) while snoozed. */
	readonly snoozedUntil: string | undefined;
	readonly isBusy: boolean;
	readonly lastLatencyMs: number | undefined;
	/** Sentences about settings that were ignored. */
	readonly problems: readonly string[];
}

/** What the status bar shows. `icon` is a codicon id; `detail` is the tooltip, one sentence a line. */
export interface StatusView {
	readonly icon: string;
	readonly text: string;
	readonly detail: readonly string[];
	readonly severity: 'normal' | 'warning' | 'error';
}

/** Draws the state. Everything the status bar says is decided here. */
export function renderStatus(input: StatusInput): StatusView {
	const view = renderLife(input);
	if (input.problems.length === 0) {
		return view;
	}
	const severity = view.severity === 'normal' ? 'warning' : view.severity;
	return { ...view, severity, detail: [...view.detail, ...input.problems] };
}

function renderLife(input: StatusInput): StatusView {
	if (!input.enabled) {
		return normal('circle-slash', 'off', ['Sotto is off.', 'Click to turn it on.']);
	}
	if (input.snoozedUntil !== undefined) {
		return normal('bell-slash', `until ${input.snoozedUntil}`, [`Sotto is snoozed until ${input.snoozedUntil}.`]);
	}
	return renderEngine(input);
}

function renderEngine({ engine, isBusy, lastLatencyMs }: StatusInput): StatusView {
	switch (engine.kind) {
		case 'stopped':
			return normal('sparkle', '', ['Sotto starts its engine at your first keystroke.']);
		case 'starting':
			return normal('loading~spin', 'starting', ['Sotto is starting its engine and loading the model.']);
		case 'ready':
			return renderReady(engine.model, isBusy, lastLatencyMs);
		case 'restarting':
			return {
				icon: 'sync~spin',
				text: 'restarting',
				detail: [`The engine ended (${engine.reason}). Sotto is starting it again; your text is safe.`],
				severity: 'warning',
			};
		case 'failed': {
			const next = remediesFor(engine.code).includes('choose-model')
				? 'Click to choose another model, or to go back to the one in the box.'
				: 'Click to restart the engine or to see the log.';
			return { icon: 'error', text: 'failed', detail: [engine.reason, next], severity: 'error' };
		}
		default:
			return assertNever(engine);
	}
}

function renderReady(model: LoadedModel, isBusy: boolean, lastLatencyMs: number | undefined): StatusView {
	if (!model.canComplete) {
		const detail = [
			model.cannotComplete ?? `${model.name} cannot complete code.`,
			'Click to choose another model, or to go back to the one in the box.',
		];
		return { icon: 'error', text: 'cannot complete', detail, severity: 'error' };
	}
	const milliseconds = lastLatencyMs === undefined ? undefined : Math.round(lastLatencyMs);
	const latency = milliseconds === undefined ? [] : [`Last suggestion after ${milliseconds} ms.`];
	const text = milliseconds === undefined ? model.name : `${model.name} ${milliseconds} ms`;
	const detail = [`${model.name} runs on this machine. Nothing you type leaves it.`, ...latency];
	return normal(isBusy ? 'loading~spin' : 'sparkle', text, detail);
}

function normal(icon: string, text: string, detail: readonly string[]): StatusView {
	return { icon, text, detail, severity: 'normal' };
}
