import { silenceText } from '../completion/silenceText';
import type { Silence } from '../completion/silenceReasons';
import type { EngineState, LoadedModel } from '../engine/engineState';
import { remediesFor } from '../engine/failureNotice';
import { modelLabel } from '../models/modelLabel';
import { assertNever } from '../util/assertNever';

export interface StatusInput {
	readonly engine: EngineState;
	readonly enabled: boolean;
	/** The end of the snooze as a time of day (`14:05`), while snoozed. */
	readonly snoozedUntil: string | undefined;
	readonly isBusy: boolean;
	readonly lastLatencyMs: number | undefined;
	/** Why the last request got no suggestion; `undefined` where it got one. */
	readonly lastSilence: Silence | undefined;
	/** The user has chosen a model file. */
	readonly hasOwnModel: boolean;
	/** Sentences about settings that were ignored. */
	readonly problems: readonly string[];
}

/** The look of the status bar item. `icon` is a codicon id; `detail` is the tooltip, one sentence a line. */
export interface StatusView {
	readonly icon: string;
	readonly text: string;
	readonly detail: readonly string[];
	readonly severity: 'normal' | 'warning' | 'error';
}

/** Decides everything that the status bar shows. */
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
		return normal('circle-slash', 'off', ['Sotto is off. Click to turn it on.']);
	}
	if (input.snoozedUntil !== undefined) {
		return normal('bell-slash', `until ${input.snoozedUntil}`, [
			`No suggestions until ${input.snoozedUntil}. Click to end the snooze.`,
		]);
	}
	return renderEngine(input);
}

function renderEngine(input: StatusInput): StatusView {
	const { engine } = input;
	switch (engine.kind) {
		case 'stopped':
			return normal('sparkle', '', ['Sotto loads its model when you start typing.']);
		case 'starting':
			return normal('loading~spin', 'starting', ['Sotto is loading its model.']);
		case 'ready':
			return renderReady(engine.model, input);
		case 'restarting':
			return {
				icon: 'sync~spin',
				text: 'restarting',
				detail: [`The engine stopped (${engine.reason}). Sotto is starting it again. Your text is safe.`],
				severity: 'warning',
			};
		case 'failed': {
			const next = remediesFor(engine.code).includes('choose-model')
				? chooseAnother
				: 'Click to restart the engine or to see the log.';
			return { icon: 'error', text: 'failed', detail: [engine.reason, next], severity: 'error' };
		}
		default:
			return assertNever(engine);
	}
}

const chooseAnother = 'Click to choose another model or to use the bundled one.';

/** The item itself says only that Sotto is there; the rest is in the tooltip and in the menu. */
function renderReady(model: LoadedModel, input: StatusInput): StatusView {
	const { isBusy, lastLatencyMs, lastSilence, hasOwnModel } = input;
	const label = modelLabel(model.path);
	if (!model.canComplete) {
		const detail = [model.cannotComplete ?? `${label} cannot complete code.`, chooseAnother];
		return { icon: 'error', text: 'cannot complete', detail, severity: 'error' };
	}
	const detail = [
		`Model: ${label}${hasOwnModel ? '' : ' (bundled)'}. It runs on this machine.`,
		...(lastLatencyMs === undefined ? [] : [`Last suggestion: after ${Math.round(lastLatencyMs)} ms.`]),
		...(lastSilence === undefined ? [] : [`No suggestion here: ${silenceText(lastSilence).because}.`]),
	];
	return normal(isBusy ? 'loading~spin' : 'sparkle', '', detail);
}

function normal(icon: string, text: string, detail: readonly string[]): StatusView {
	return { icon, text, detail, severity: 'normal' };
}
