import * as vscode from 'vscode';
import type { Silence } from '../../core/completion/silenceReasons';
import type { EngineState } from '../../core/engine/engineState';
import type { CompletionRecord } from '../../core/inspect/outcomeLog';
import { countStats, noStats, type CompletionStats, type StatsEvent } from '../../core/stats/completionStats';
import { renderStatus, type StatusInput } from '../../core/status/renderStatus';
import { canShowInlineSuggestions, readSettings } from '../settings';
import { FailureNotifier } from './failureNotifier';
import { LanguageNames } from './languageNames';
import { LanguageStatus } from './languageStatus';
import type { MenuView } from './menu';
import type { Snooze } from './snooze';
import { StatusBar } from './statusBar';

/** Shorter work shows no spinner, so that the status bar does not flicker at each key. Milliseconds. */
const spinnerDelayMs = 400;

const inlineSuggestOff =
	'VS Code’s setting editor.inlineSuggest.enabled is off, so no suggestion can be shown. Turn it on to see suggestions.';

/** Collects the parts of the status and draws it whenever one of them changes. */
export class StatusController implements vscode.Disposable {
	readonly #bar = new StatusBar();
	readonly #names = new LanguageNames();
	readonly #language = new LanguageStatus(this.#names);
	readonly #notifier = new FailureNotifier();
	#engine: EngineState = { kind: 'stopped' };
	#stats: CompletionStats = noStats;
	#silence: Silence | undefined;
	#working = 0;
	/** The engine has answered since it was started. The time of the first answer includes the start. */
	#isWarm = false;

	constructor(private readonly snooze: Pick<Snooze, 'isOn' | 'until'>) {
		this.draw();
	}

	get stats(): CompletionStats {
		return this.#stats;
	}

	onEngine(state: EngineState): void {
		this.#engine = state;
		this.#isWarm &&= state.kind === 'ready';
		this.#notifier.onState(state);
		this.draw();
	}

	onStats(event: StatsEvent): void {
		const isFirst = event.kind === 'shown' && event.source === 'model' && !this.#isWarm;
		this.#isWarm ||= isFirst;
		this.#stats = countStats(this.#stats, isFirst ? { ...event, latencyMs: undefined } : event);
		this.draw();
	}

	onOutcome({ outcome }: CompletionRecord): void {
		const silence = outcome.kind === 'silence' ? outcome : undefined;
		const isOther = silence?.stage !== this.#silence?.stage || silence?.reason !== this.#silence?.reason;
		this.#silence = silence && ({ stage: silence.stage, reason: silence.reason } as Silence);
		if (isOther) {
			this.draw();
		}
	}

	/** Shows a spinner until the work has ended, if it takes long. */
	onWork(work: Promise<unknown>): void {
		let isShown = false;
		const timer = setTimeout(() => {
			isShown = true;
			this.#work(1);
		}, spinnerDelayMs);
		const done = (): void => {
			clearTimeout(timer);
			if (isShown) {
				this.#work(-1);
			}
		};
		work.then(done, done);
	}

	draw(): void {
		this.#bar.draw(this.#input());
		this.#language.draw();
	}

	menu(): MenuView {
		const document = vscode.window.activeTextEditor?.document;
		const { settings } = readSettings(undefined);
		return {
			detail: renderStatus(this.#input()).detail,
			isOn: settings.enabled,
			isSnoozed: this.snooze.isOn,
			language: document === undefined ? undefined : this.#names.nameOf(document.languageId),
			isOnForLanguage: readSettings(document).settings.enabled,
			hasOwnModel: settings['model.path'] !== '',
		};
	}

	dispose(): void {
		this.#bar.dispose();
		this.#language.dispose();
		this.#names.dispose();
		this.#notifier.dispose();
	}

	#work(change: number): void {
		this.#working += change;
		this.draw();
	}

	#input(): StatusInput {
		const { settings, problems } = readSettings(undefined);
		return {
			engine: this.#engine,
			enabled: settings.enabled,
			snoozedUntil: this.snooze.until,
			isBusy: this.#working > 0,
			lastLatencyMs: this.#stats.lastLatencyMs,
			lastSilence: this.#silence,
			hasOwnModel: settings['model.path'] !== '',
			problems: canShowInlineSuggestions() ? problems : [...problems, inlineSuggestOff],
		};
	}
}
