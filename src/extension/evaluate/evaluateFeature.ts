import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { EvaluationPlan } from '../../core/evaluation/evaluate';
import type { ModelComparison } from '../../core/evaluation/modelRanking';
import type { SyntaxScope } from '../../core/completion/syntaxScope';
import { choosePositions } from '../../core/evaluation/positions';
import type { Disposable } from '../../core/util/disposable';
import { EngineHost } from '../../node/engine/engineHost';
import { patientHeartbeat } from '../../node/engine/heartbeat';
import { evaluateModels, type EvalHost } from '../../node/evaluation/evaluateModels';
import { readRepository } from '../../node/evaluation/readRepository';
import { abortSignalFrom } from '../abortSignal';
import { readSettings, writeSetting } from '../settings';
import { chooseModels } from './chooseModels';
import { openRanking } from './rankingPanel';

/** Files read of one folder, spread over it: finding places in more takes the editor's host too long. */
const mostFiles = 300;
/** Places for each language. A small model answers in half a second, one of two gigabytes in some seconds. */
const usualPositions = 60;
/** Behind the editor, the language servers and the engine that completes. */
const niceness = 15;
const seed = 1;

export interface EvaluateParts {
	readonly context: Pick<vscode.ExtensionContext, 'globalState'>;
	/** Absolute paths of `engine.mjs` and of the model in the box. */
	readonly entry: string;
	readonly bundled: string;
	/** Tells by syntax where answers end; another one than the editor's, which has no time to spare. */
	openParser(): SyntaxScope & Disposable;
	readonly log: vscode.LogOutputChannel;
}

/** Evaluates models on the user's own workspace, in an engine of their own. Reads it and writes nothing to it. */
export class EvaluateFeature {
	#isRunning = false;

	constructor(private readonly parts: EvaluateParts) {}

	/** @param options `models`: paths, instead of asking for them; `positions`: for each language. */
	async run(options: unknown): Promise<void> {
		if (this.#isRunning) {
			void vscode.window.showInformationMessage(
				'An evaluation is already running. Wait for its report, or cancel it in its notification.',
			);
			return;
		}
		this.#isRunning = true;
		try {
			await this.#evaluate(readOptions(options));
		} finally {
			this.#isRunning = false;
		}
	}

	async #evaluate(options: { readonly models: readonly string[]; readonly positions: number }): Promise<void> {
		const { bundled, context } = this.parts;
		const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
		if (folders.length === 0) {
			throw new Error('Open a folder with your code first, then evaluate models on it.');
		}
		const chosen = readSettings(undefined).settings['model.path'];
		const models =
			options.models.length === 0 ? await chooseModels({ bundled, chosen }, context.globalState) : options.models;
		if (models.length === 0) {
			return;
		}
		const plan = await planFor(folders, options.positions);
		const comparison = await this.#withProgress(models, plan);
		openRanking(comparison);
		// Not waited for: a notification may stay for long.
		this.#offer(models, comparison, chosen === '' ? bundled : chosen).catch((error: unknown) => {
			this.parts.log.error('the model was not changed:', error);
		});
	}

	#withProgress(models: readonly string[], plan: EvaluationPlan): Thenable<ModelComparison> {
		const title = 'Sotto: evaluating models on your code';
		const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
		return vscode.window.withProgress(options, async (progress, token) => {
			const cancellation = abortSignalFrom(token);
			const total = models.length * plan.positions.length;
			let model = 0;
			const scope = this.parts.openParser();
			try {
				return await evaluateModels({ models, seed, records: false }, plan, {
					open: path => {
						model++;
						return this.#open(path);
					},
					progress: {
						show: (done, all) => {
							const message = `model ${model} of ${models.length}, ${done} of ${all} places. Cancelling keeps what is done.`;
							progress.report({ message, increment: 100 / total });
						},
						end: () => undefined,
					},
					scope,
					signal: cancellation.signal,
				});
			} finally {
				scope.dispose();
				cancellation.dispose();
			}
		});
	}

	/** An engine of its own, with a heartbeat of its own: the one that completes is left alone. */
	#open(path = this.parts.bundled): EvalHost {
		const { entry, log } = this.parts;
		return new EngineHost({
			entry,
			choice: () => ({ complete: path, explain: path, threads: readSettings(undefined).settings['engine.threads'] }),
			onState: state => {
				log.debug(`evaluation engine: ${state.kind}`);
			},
			onLog: ({ level, message }) => {
				log[level](message);
			},
			niceness,
			heartbeat: patientHeartbeat,
		});
	}

	/** One click from the report to the model that did best. */
	async #offer(models: readonly string[], { ranking, refused, reports }: ModelComparison, now: string): Promise<void> {
		const [best] = ranking;
		const asked = models.filter(path => !refused.some(one => one.path === path));
		const path =
			asked[reports.findIndex(({ model }) => model.name === best?.name && model.fileBytes === best.fileBytes)];
		if (best !== undefined && path === now && models.length === 1) {
			return; // the page says it all
		}
		if (best === undefined || path === undefined || path === now) {
			void vscode.window.showInformationMessage(
				best === undefined
					? 'Sotto: no model could be evaluated. The page says why.'
					: `Sotto: ${best.name}, which you use, did best.`,
			);
			return;
		}
		const use = `Use ${best.name}`;
		if ((await vscode.window.showInformationMessage(`Sotto: ${best.name} did best on your code.`, use)) === use) {
			await writeSetting('model.path', path === this.parts.bundled ? undefined : path);
		}
	}
}

/** @throws Error with the way forward where there is nothing to ask at. */
async function planFor(folders: readonly vscode.WorkspaceFolder[], perLanguage: number): Promise<EvaluationPlan> {
	const read = folders.map(folder =>
		readRepository(folder.uri.fsPath, { ignore: readSettings(folder).settings['context.ignore'], most: mostFiles }),
	);
	const files = (await Promise.all(read)).flat();
	await setImmediate();
	const positions = choosePositions(files, { perLanguage, seed });
	if (positions.length === 0) {
		throw new Error(
			'This folder has no source files to evaluate models on, or all of them are ignored. Open another folder.',
		);
	}
	return { files, positions, contexts: ['files'], baselines: false };
}

function readOptions(options: unknown): { readonly models: readonly string[]; readonly positions: number } {
	const { models, positions }: { readonly models?: unknown; readonly positions?: unknown } =
		typeof options === 'object' && options !== null ? options : {};
	return {
		models: Array.isArray(models) ? models.filter(path => typeof path === 'string') : [],
		positions: typeof positions === 'number' && positions >= 1 ? Math.floor(positions) : usualPositions,
	};
}
