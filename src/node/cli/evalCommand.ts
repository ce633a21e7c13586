import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { EngineError, isAbort } from '../../core/engine/engineError';
import { evaluate, type EvaluationPlan } from '../../core/evaluation/evaluate';
import type { EvaluationRecord } from '../../core/evaluation/evaluationRecord';
import { filterReports } from '../../core/evaluation/filterAblation';
import { gateReports, groupSummaries, type EvaluationReport } from '../../core/evaluation/evaluationReport';
import { compareModels, type ModelComparison, type RefusedModel } from '../../core/evaluation/modelRanking';
import { pairedContexts } from '../../core/evaluation/pairedContexts';
import { choosePositions } from '../../core/evaluation/positions';
import { languageGroup } from '../../core/evaluation/sourceFile';
import type { EngineHost } from '../engine/engineHost';
import { readRepository } from '../evaluation/readRepository';
import { UsageError, type EvalArguments } from './arguments';
import { ofOne, ofSeveral, writeOutput } from './evalOutput';
import type { ProgressLine } from './progressLine';

export interface PreparedEvaluation {
	readonly args: EvalArguments;
	readonly plan: EvaluationPlan;
	/** Absolute path without the extension; `undefined` for nowhere. */
	readonly out: string | undefined;
}

/**
 * Finds what to ask before anything slow is started.
 * @param root what relative paths are relative to.
 * @throws UsageError when there is nothing to evaluate on, or no place for the report.
 */
export async function prepareEvaluation(args: EvalArguments, root: string): Promise<PreparedEvaluation> {
	const out = args.out === undefined ? undefined : resolve(root, args.out).replace(/\.json$/, '');
	if (out !== undefined && !(await stat(dirname(out)).catch(() => undefined))?.isDirectory()) {
		throw new UsageError(
			`There is no folder ${dirname(out)} for the report. Create it, or name another: --out FILE.json`,
		);
	}
	const read = await Promise.all(args.repositories.map(path => readRepository(resolve(root, path))));
	const files = read.flat();
	if (files.length === 0) {
		throw new UsageError(
			`There are no source files in ${args.repositories.join(', ')}. Name the folder of a repository.`,
		);
	}
	const wanted = files.filter(
		file => args.languages.length === 0 || args.languages.includes(languageGroup(file.languageId)),
	);
	const positions = choosePositions(wanted, { perLanguage: args.positions, seed: args.seed });
	if (positions.length === 0) {
		const found = [...new Set(files.map(file => languageGroup(file.languageId)))].sort().join(', ');
		throw new UsageError(
			`There is no place to ask at in the files (${found}). Name other languages, or a larger repository.`,
		);
	}
	return { args, plan: { files, positions, contexts: args.contexts }, out };
}

export type EvalHost = Pick<EngineHost, 'complete' | 'explainer' | 'residentBytes' | 'stop'>;

export interface EvalSurroundings {
	/** An engine with this model; with the one in the box when none is named. */
	readonly open: (model: string | undefined) => EvalHost;
	readonly progress: ProgressLine;
}

/**
 * Runs until done or until `signal` aborts, which keeps what is done. Of several models each is asked at the same positions,
 * one after the other; one that cannot be asked is told of in the report.
 * @returns what to print. @throws EngineError where there is one model, which cannot be asked.
 */
export async function evalCommand(
	{ args, plan, out }: PreparedEvaluation,
	surroundings: EvalSurroundings,
	signal: AbortSignal,
): Promise<string> {
	const work = { ...surroundings, signal };
	const [first, ...more] = args.models;
	const result =
		more.length === 0 ? ofOne(await run(args, plan, work, first)) : ofSeveral(await runAll(args, plan, work));
	if (out !== undefined) {
		await writeOutput(result, out);
	}
	return args.json ? result.json : result.markdown;
}

interface Work extends EvalSurroundings {
	readonly signal: AbortSignal;
}

const notReached = 'The evaluation was ended before it was this model’s turn.';

async function runAll(args: EvalArguments, plan: EvaluationPlan, work: Work): Promise<ModelComparison> {
	const reports: EvaluationReport[] = [];
	const refused: RefusedModel[] = [];
	for (const path of args.models) {
		if (work.signal.aborted) {
			refused.push({ path, because: notReached });
			continue;
		}
		try {
			reports.push(await run(args, { ...plan, baselines: reports.length === 0 }, work, path));
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

async function run(
	args: EvalArguments,
	plan: EvaluationPlan,
	{ open, progress, signal }: Work,
	path: string | undefined,
): Promise<EvaluationReport> {
	const host = open(path);
	try {
		const model = await host.explainer(signal);
		if (!model.canComplete) {
			const reason = model.cannotComplete ?? `${model.name} cannot complete code.`;
			throw new EngineError('model-cannot-complete', `${reason} Name another GGUF: --model PATH.gguf`);
		}
		const ports = {
			engine: host,
			model: model.name,
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

function reportOf(
	records: readonly EvaluationRecord[],
	model: string,
	{ args, plan }: Pick<PreparedEvaluation, 'args' | 'plan'>,
): Omit<EvaluationReport, 'model' | 'isComplete'> {
	const { seed, records: withRecords } = args;
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
	return { seed, repositories, ...found, pairs, ...(withRecords ? { records } : {}) };
}
