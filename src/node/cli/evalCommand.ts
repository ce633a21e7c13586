import { stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { EngineError } from '../../core/engine/engineError';
import { evaluate, type EvaluationPlan } from '../../core/evaluation/evaluate';
import type { EvaluationRecord } from '../../core/evaluation/evaluationRecord';
import { gateReports, groupSummaries, type EvaluationReport } from '../../core/evaluation/evaluationReport';
import { gateChart } from '../../core/evaluation/gateChart';
import { choosePositions } from '../../core/evaluation/positions';
import { reportTable } from '../../core/evaluation/reportTable';
import { languageGroup } from '../../core/evaluation/sourceFile';
import type { EngineHost } from '../engine/engineHost';
import { readRepository } from '../evaluation/readRepository';
import { UsageError, type EvalArguments } from './arguments';
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

export interface EvalSurroundings {
	readonly host: Pick<EngineHost, 'complete' | 'explainer'>;
	readonly progress: ProgressLine;
}

/**
 * Runs until done or until `signal` aborts, which keeps what is done.
 * @returns what to print. @throws EngineError
 */
export async function evalCommand(
	{ args, plan, out }: PreparedEvaluation,
	surroundings: EvalSurroundings,
	signal: AbortSignal,
): Promise<string> {
	const report = await run(args, plan, { ...surroundings, signal });
	if (out !== undefined) {
		await writeReport(report, out);
	}
	return args.json ? toJson(report) : reportTable(report);
}

async function run(
	args: EvalArguments,
	plan: EvaluationPlan,
	{ host, progress, signal }: EvalSurroundings & { readonly signal: AbortSignal },
): Promise<EvaluationReport> {
	const model = await host.explainer(signal);
	if (!model.canComplete) {
		const reason = model.cannotComplete ?? `${model.name} cannot complete code.`;
		throw new EngineError('model-cannot-complete', `${reason} Name another GGUF: --model PATH.gguf`);
	}
	const ports = {
		engine: host,
		now: () => performance.now(),
		onProgress: (done: number, total: number) => {
			progress.show(done, total);
		},
		pause: () => setImmediate(),
	};
	const records = await evaluate(plan, ports, signal);
	progress.end();
	const { name, family, fileBytes } = model;
	const isComplete = !signal.aborted;
	return { ...reportOf(records, args, plan), model: { name, family, fileBytes }, isComplete };
}

function reportOf(
	records: readonly EvaluationRecord[],
	{ seed, records: withRecords }: EvalArguments,
	{ files, positions }: EvaluationPlan,
): Omit<EvaluationReport, 'model' | 'isComplete'> {
	const repositories = [...new Set(files.map(({ repository }) => repository))].map(name => ({
		name,
		files: files.filter(({ repository }) => repository === name).length,
		positions: positions.filter(({ file }) => file.repository === name).length,
	}));
	const found = { groups: groupSummaries(records), gates: gateReports(records) };
	return { seed, repositories, ...found, ...(withRecords ? { records } : {}) };
}

async function writeReport(report: EvaluationReport, out: string): Promise<void> {
	await writeFile(`${out}.json`, `${toJson(report)}\n`);
	await writeFile(`${out}.md`, reportTable(report));
	await writeFile(`${out}.svg`, gateChart(report));
}

/** Five digits are more than the figures are worth. */
function toJson(report: EvaluationReport): string {
	return JSON.stringify(
		report,
		(_, value: unknown) => (typeof value === 'number' ? Math.round(value * 1e5) / 1e5 : value),
		'\t',
	);
}
