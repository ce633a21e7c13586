import * as vscode from 'vscode';
import type { EngineState } from '../core/engine/engineState';
import { mayWorkAhead } from '../core/engine/machineState';
import { bundledModel } from '../core/models/bundledModel';
import type { Taste } from '../core/taste/taste';
import { DisposableStore, type Disposable } from '../core/util/disposable';
import { EngineHost, type EngineChoice } from '../node/engine/engineHost';
import { Machine } from '../node/machine/readMachine';
import { ParserThread } from '../node/syntax/parserThread';
import type { CommandTable } from './commands';
import { CompletionFeature, type CompletionListener } from './completion/completionFeature';
import { InlineCompletionProvider } from './completion/inlineCompletionProvider';
import { TypingListener } from './completion/typingListener';
import { createContextFeature, type ContextFeature } from './context/contextFeature';
import { renderDiagnostics } from './diagnostics';
import { EvaluateFeature } from './evaluate/evaluateFeature';
import { createExplainFeature, type ExplainFeature } from './explain/explainCommand';
import { InspectFeature } from './inspect/inspectFeature';
import { cacheFolder, forgetKeptCache } from './keptCache';
import { chooseModel, useBundledModel } from './models/chooseModel';
import { readSettings, section, toggle } from './settings';
import { showMenu } from './status/menu';
import { Snooze } from './status/snooze';
import { StatusController } from './status/statusController';
import { createTaste, forgetTaste } from './taste/tasteStore';
import { SampleFile } from './walkthrough/sampleFile';

export interface App extends Disposable {
	readonly commands: CommandTable;
	readonly provider: vscode.InlineCompletionItemProvider;
}

/** The composition root: the only place where the parts meet. */
export function compose(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): App {
	const store = new DisposableStore();
	const snooze = store.add(
		new Snooze(() => {
			status.draw();
		}),
	);
	const status: StatusController = store.add(new StatusController(snooze));
	void forgetKeptCache(context, log);
	const engine = store.add(composeEngine(context, status, log));
	const surroundings = store.add(createContextFeature(() => snooze.isOn, log));
	store.add(shareOpenFiles(surroundings, engine, log));
	const mayRead = (uri: vscode.Uri): Promise<boolean> => surroundings.mayRead(uri);
	const machine = new Machine();
	const inspect = store.add(new InspectFeature(engine, mayRead));
	const taste = createTaste(context.globalState, log);
	const scope = store.add(composeParser(context, parserPatienceMs, log));
	const completion = store.add(
		new CompletionFeature(
			{ engine, taste, scope },
			{
				...surroundings,
				isSnoozed: () => snooze.isOn,
				modelName: () => nameOf(engine.state),
				mayWorkAhead: () => mayWorkAhead(machine.state),
			},
			completionListener(status, inspect),
			log,
		),
	);
	store.add(new TypingListener(completion));
	const openParser = (): ParserThread => composeParser(context, patientParserMs, log);
	const evaluation = new EvaluateFeature({ context, ...pathsOf(context), openParser, log });
	const explain = store.add(createExplainFeature({ context, engine, outliner: scope, mayRead, log }));
	store.add(
		vscode.workspace.onDidChangeConfiguration(event => {
			if (event.affectsConfiguration(section)) {
				onSettings(event, { context, engine, completion, log });
			}
			status.draw();
		}),
	);
	return {
		commands: commandTable({ context, engine, completion, evaluation, explain, inspect, snooze, status, taste, log }),
		provider: new InlineCompletionProvider(completion, log),
		dispose: () => {
			store.dispose();
		},
	};
}

/** The status shows what becomes of completions; the inspector keeps the last of them. */
function completionListener(status: StatusController, inspect: InspectFeature): CompletionListener {
	return {
		onStats: event => {
			status.onStats(event);
		},
		onWork: work => {
			status.onWork(work);
		},
		onOutcome: record => {
			inspect.add(record);
			status.onOutcome(record);
		},
	};
}

function nameOf(state: EngineState): string | undefined {
	return state.kind === 'ready' ? state.model.name : undefined;
}

function pathsOf({ extensionUri }: vscode.ExtensionContext): { readonly entry: string; readonly bundled: string } {
	return {
		entry: vscode.Uri.joinPath(extensionUri, 'dist/engine.mjs').fsPath,
		bundled: vscode.Uri.joinPath(extensionUri, bundledModel).fsPath,
	};
}

function composeEngine(
	context: vscode.ExtensionContext,
	status: StatusController,
	log: vscode.LogOutputChannel,
): EngineHost {
	const { entry, bundled } = pathsOf(context);
	return new EngineHost({
		entry,
		choice: (): EngineChoice => {
			const { settings } = readSettings(undefined);
			const complete = settings['model.path'] || bundled;
			const explain = settings['explain.modelPath'] || complete;
			const paceFile = vscode.Uri.joinPath(context.globalStorageUri, 'pace.json').fsPath;
			const threads = settings['engine.threads'];
			return { complete, explain, threads, cacheFolder: cacheFolder(context), paceFile };
		},
		onState: state => {
			log.info(`engine: ${state.kind}${'reason' in state ? ` (${state.reason})` : ''}`);
			status.onEngine(state);
		},
		onLog: ({ level, message }) => {
			log[level](message);
		},
	});
}

/** Most documents are parsed long before there is an answer, which is then parsed in a few (`bench/syntax/parserTimes.ts`). */
const parserPatienceMs = 20;
/** For as long as parsing may take: an evaluation finds the same on a machine of any speed. */
const patientParserMs = 10_000;

function composeParser(
	{ extensionUri }: vscode.ExtensionContext,
	patienceMs: number,
	log: vscode.LogOutputChannel,
): ParserThread {
	return new ParserThread({
		entry: vscode.Uri.joinPath(extensionUri, 'dist/syntax.cjs').fsPath,
		patienceMs,
		onLog: message => {
			log.warn(message);
		},
	});
}

/** Keeps the engine's knowledge of the open files to what it may have; a file that closes or is ignored is forgotten. */
function shareOpenFiles(surroundings: ContextFeature, engine: EngineHost, log: vscode.LogOutputChannel): Disposable {
	const share = (): void => {
		engine.share(surroundings.openFiles()).catch((error: unknown) => {
			log.debug('open files for the engine:', error); // an engine that has gone is told anew when it is back
		});
	};
	share();
	return surroundings.onOpenFiles(share);
}

/** A new model or thread count takes effect by a fresh engine; whatever else changed, old answers may no longer fit. */
function onSettings(
	event: vscode.ConfigurationChangeEvent,
	{ context, engine, completion, log }: Pick<CommandParts, 'context' | 'engine' | 'completion' | 'log'>,
): void {
	completion.forget();
	const needsRestart = ['model', 'explain', 'engine'].some(part => event.affectsConfiguration(`${section}.${part}`));
	const isUp = needsRestart && engine.state.kind !== 'stopped';
	// An engine that stops may leave its cache first.
	void (isUp ? engine.stop() : Promise.resolve()).then(() => forgetKeptCache(context, log));
	if (isUp) {
		engine.restart().catch((error: unknown) => {
			log.debug('restart after a change of settings:', error); // the status bar tells of it
		});
	}
	for (const problem of readSettings(undefined).problems) {
		log.warn(problem);
	}
}

interface CommandParts {
	readonly context: vscode.ExtensionContext;
	readonly engine: EngineHost;
	readonly completion: CompletionFeature;
	readonly evaluation: EvaluateFeature;
	readonly explain: ExplainFeature;
	readonly inspect: InspectFeature;
	readonly snooze: Snooze;
	readonly status: StatusController;
	readonly taste: Taste;
	readonly log: vscode.LogOutputChannel;
}

function commandTable(parts: CommandParts): CommandTable {
	const { context, engine, completion, evaluation, explain, inspect, snooze, status, taste, log } = parts;
	const sample = new SampleFile();
	const run =
		(command: string, ...args: readonly unknown[]) =>
		async (): Promise<void> => {
			await vscode.commands.executeCommand(command, ...args);
		};
	return {
		'sotto.triggerCompletion': run('editor.action.inlineSuggest.trigger'),
		'sotto.explainSelection': (uri, range) => explain.explainSelection(uri, range),
		'sotto.explainAsDocument': () => explain.openAsDocument(),
		'sotto.toggle': () => toggle(undefined),
		'sotto.toggleLanguage': () => toggle(vscode.window.activeTextEditor?.document),
		'sotto.snooze': () => snooze.choose(),
		'sotto.chooseModel': () => chooseModel('model.path'),
		'sotto.chooseExplainModel': () => chooseModel('explain.modelPath'),
		'sotto.useBundledModel': useBundledModel,
		'sotto.restartEngine': () => engine.restart(),
		'sotto.showMenu': () => showMenu(status.menu()),
		'sotto.showLog': () => {
			log.show();
		},
		'sotto.copyDiagnostics': () => copyDiagnostics(context, engine, status),
		'sotto.explainLastSuggestion': () => inspect.explainLast(),
		'sotto.copyAsTestCase': () => inspect.copyAsTestCase(),
		'sotto.evaluateModels': options => evaluation.run(options),
		'sotto.forgetTaste': () =>
			forgetTaste(taste, () => {
				completion.forget();
			}),
		'sotto.openSample': step => sample.open(step === 'explain' ? 'explain' : 'suggest'),
		'sotto.openWalkthrough': run('workbench.action.openWalkthrough', 'sotto.sotto#sotto.start', false),
	};
}

async function copyDiagnostics(
	context: vscode.ExtensionContext,
	engine: EngineHost,
	status: StatusController,
): Promise<void> {
	const { version } = context.extension.packageJSON as { version: string };
	const input = { extensionVersion: version, engine: engine.state, stats: status.stats, ...readSettings(undefined) };
	await vscode.env.clipboard.writeText(renderDiagnostics(input));
	void vscode.window.showInformationMessage(
		'Sotto: the diagnostics are on the clipboard. They contain no code and no paths.',
	);
}
