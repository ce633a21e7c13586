import { setImmediate } from 'node:timers/promises';
import type { CompletionEngine, EnginePart } from '../../core/completion/completionEngine';
import type { SyntaxScope } from '../../core/completion/syntaxScope';
import type { OpenFile } from '../../core/context/openFile';
import { EngineError, isAbort } from '../../core/engine/engineError';
import { evaluate, type EvaluationPlan } from '../../core/evaluation/evaluate';
import type { EvaluationRecord } from '../../core/evaluation/evaluationRecord';
import { gateReports, groupSummaries, type EvaluationReport } from '../../core/evaluation/evaluationReport';
import { filterReports } from '../../core/evaluation/filterAblation';
import { compareModels, type ModelComparison, type RefusedModel } from '../../core/evaluation/modelRanking';
import { pairedContexts } from '../../core/evaluation/pairedContexts';
import type { EngineHost } from '../engine/engineHost';
import { askAgain } from './askAgain';

export type EvalHost = Pick<EngineHost, 'complete' | 'share' | 'explainer' | 'residentBytes' | 'stop'>;

export interface EvalProgress {
	/** Positions of the model that is being asked. */
	show(done: number, total: number): void;
	end(): void;
}

export interface EvalSurroundings {
	/** An engine with this model; with the one in the box when none is named. */
	readonly open: (model: string | undefined) => EvalHost;
	readonly progress: EvalProgress;
	/** Tells by syntax where answers end. */
	readonly scope?: SyntaxScope;
}

export interface Work extends EvalSurroundings {
	readonly signal: AbortSignal;
}

export interface ModelsToAsk {
	/** Paths of GGUF files. */
	readonly models: readonly string[];
	readonly seed: number;
	/** Put what was said at each position into the report. */
	readonly records: boolean;
	/** Parts of the engine that are left out. */
	readonly without?: readonly EnginePart[];
}

const notReached = 'The evaluation was ended before it was this model’s turn.';

/**
 * Each model at the same positions, one after the other. One that cannot be asked is told of beside the others, and when
 * `signal` aborts, what is done is kept.
 */
export async function evaluateModels(args: ModelsToAsk, plan: EvaluationPlan, work: Work): Promise<ModelComparison> {
	const reports: EvaluationReport[] = [];
	const refused: RefusedModel[] = [];
	for (const path of args.models) {
		if (work.signal.aborted) {
			refused.push({ path, because: notReached });
			continue;
		}
		try {
			reports.push(
				await evaluateModel(args, { ...plan, baselines: plan.baselines !== false && reports.length === 0 }, work, path),
			);
		} catch (error) {
			// Cancelled while it was loading: the models before it are not lost for that.
			if (!EngineError.is(error) && !isAbort(error)) {
				throw error;
			}
			refused.push({ path, because: EngineError.is(error) ? error.message : notReached });
		}
	}
	return compareModels(reports, refused);
}

/** @param path of the model; the one in the box when left out. @throws EngineError when it cannot be asked. */
export async function evaluateModel(
	args: Omit<ModelsToAsk, 'models'>,
	plan: EvaluationPlan,
	{ open, progress, scope, signal }: Work,
	path: string | undefined,
): Promise<EvaluationReport> {
	const host = open(path);
	try {
		const model = await host.explainer(signal);
		if (!model.canComplete) {
			throw new EngineError('model-cannot-complete', model.cannotComplete ?? `${model.name} cannot complete code.`);
		}
		const asked = askAgain(host);
		const ports = {
			engine: without(asked, args.without ?? []),
			share: (files: readonly OpenFile[]) => asked.share(files),
			model: model.name,
			scope,
			now: () => performance.now(),
			onProgress: (done: number, total: number) => {
				progress.show(done, total);
			},
			pause: () => setImmediate(),
		};
		const records = await evaluate(plan, ports, signal);
		progress.end();
		const isComplete = !signal.aborted;
		const { name, family, fileBytes } = model;
		const residentBytes = isComplete ? await host.residentBytes(signal) : 0;
		return {
			...reportOf(records, name, { args, plan }),
			model: { name, family, fileBytes, residentBytes },
			isComplete,
		};
	} finally {
		await host.stop();
	}
}

/** The engine as it would be without some of its parts. */
function without(engine: CompletionEngine, parts: readonly EnginePart[]): CompletionEngine {
	return { complete: (query, signal) => engine.complete({ ...query, without: parts }, signal) };
}

function reportOf(
	records: readonly EvaluationRecord[],
	model: string,
	{ args, plan }: { readonly args: Omit<ModelsToAsk, 'models'>; readonly plan: EvaluationPlan },
): Omit<EvaluationReport, 'model' | 'isComplete'> {
	const { seed, records: withRecords, without: left = [] } = args;
	const { files, positions } = plan;
	const repositories = [...new Set(files.map(({ repository }) => repository))].map(name => ({
		name,
		files: files.filter(({ repository }) => repository === name).length,
		positions: positions.filter(({ file }) => file.repository === name).length,
	}));
	const found = {
		groups: groupSummaries(records),
		gates: gateReports(records, model),
		filters: filterReports(records),
	};
	const pairs = pairedContexts(records);
	return { seed, without: left, repositories, ...found, pairs, ...(withRecords ? { records } : {}) };
}
