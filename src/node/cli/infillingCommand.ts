import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { EngineError } from '../../core/engine/engineError';
import type { InfillingRecord } from '../../core/evaluation/infilling/infillingRecord';
import { summariseFills, type InfillingReport } from '../../core/evaluation/infilling/infillingReport';
import { infillingTable } from '../../core/evaluation/infilling/infillingTable';
import { everyNth } from '../../core/evaluation/infilling/infillingTask';
import type { ModelInfo } from '../../protocol/engineContract';
import { askAgain } from '../evaluation/askAgain';
import type { EvalHost, EvalSurroundings } from '../evaluation/evaluateModels';
import { Checkpoint } from '../evaluation/infilling/checkpoint';
import { evaluateInfilling, type InfillingPlan } from '../evaluation/infilling/evaluateInfilling';
import { readTasks, type TaskFile } from '../evaluation/infilling/readTasks';
import { Sandbox } from '../evaluation/sandbox/sandbox';
import { UsageError } from './arguments';
import { reportPath, withAdvice } from './evalCommand';
import { toJson } from './evalOutput';
import type { InfillingArguments } from './infillingArguments';

export interface PreparedInfilling {
	readonly args: InfillingArguments;
	readonly plan: InfillingPlan;
	/** Each with the tasks that are asked of it. */
	readonly files: readonly TaskFile[];
	readonly sandbox: Pick<Sandbox, 'run' | 'description'>;
	/** Absolute path without the extension; `undefined` for nowhere. */
	readonly out: string | undefined;
}

export interface InfillingSurroundings extends Omit<EvalSurroundings, 'progress'> {
	readonly progress: { show(done: number, total: number, before: number): void; end(): void };
	/** Digest of the product that is measured. */
	readonly build: string;
}

/**
 * Finds what to ask, and how to run the fills, before anything slow is started.
 * @param root what relative paths are relative to. @throws UsageError
 */
export async function prepareInfilling(args: InfillingArguments, root: string): Promise<PreparedInfilling> {
	const out = await reportPath(args.out, root);
	const files = (await Promise.all(args.data.map(path => readTasks(resolve(root, path))))).map(file => ({
		...file,
		tasks: everyNth(file.tasks, args.every, args.offset),
	}));
	const tasks = files.flatMap(file => file.tasks);
	if (tasks.length === 0) {
		throw new UsageError('There are no tasks left. Name a smaller --every or --offset.');
	}
	if (new Set(tasks.map(({ id }) => id)).size < tasks.length) {
		throw new UsageError('The same task is there twice. Name each file of tasks once.');
	}
	const sandbox = await Sandbox.find();
	if (sandbox === undefined) {
		throw new UsageError(
			'The fills are run by Python 3 on Linux or macOS, and no python3 on the search path runs a program here. Install it and try again.',
		);
	}
	return { args, plan: { ...args, tasks }, files, sandbox, out };
}

/**
 * Runs until done or until `signal` aborts. Where there is a report to be written, an interrupted run goes on the next time.
 * @returns what to print. @throws EngineError where the model cannot be asked, UsageError
 */
export async function infillingCommand(
	prepared: PreparedInfilling,
	surroundings: InfillingSurroundings,
	signal: AbortSignal,
): Promise<string> {
	const { args, out } = prepared;
	const host = surroundings.open(args.model);
	try {
		const model = await withAdvice(modelOf(host, signal));
		const checkpoint = await Checkpoint.open(
			out === undefined ? undefined : `${out}.partial.jsonl`,
			identityOf(prepared, model, surroundings.build),
		);
		const ports = {
			engine: askAgain(host),
			model: model.name,
			scope: surroundings.scope,
			now: () => performance.now(),
			run: (program: string) => prepared.sandbox.run(program),
			checkpoint,
			onProgress: surroundings.progress.show.bind(surroundings.progress),
			pause: () => setImmediate(),
		};
		const records = await evaluateInfilling(prepared.plan, ports, signal);
		surroundings.progress.end();
		const report = reportOf(prepared, model, records);
		if (out !== undefined && report.isComplete) {
			await writeFile(`${out}.json`, `${toJson(report)}\n`);
			await writeFile(`${out}.md`, infillingTable(report));
			await checkpoint.remove();
		}
		return args.json ? toJson(report) : infillingTable(report);
	} finally {
		await host.stop();
	}
}

async function modelOf(host: EvalHost, signal: AbortSignal): Promise<ModelInfo> {
	const model = await host.explainer(signal);
	if (!model.canComplete) {
		throw new EngineError('model-cannot-complete', model.cannotComplete ?? `${model.name} cannot complete code.`);
	}
	return model;
}

function identityOf(
	{ args, files }: PreparedInfilling,
	model: ModelInfo,
	build: string,
): Record<string, string | number> {
	const { every, offset, modes, extent, without, fills } = args;
	const data = files.map(({ sha256 }) => sha256).join(' ');
	const options = { every, offset, modes: modes.join(' '), extent, without: without.join(' '), fills: String(fills) };
	return { data, ...options, model: model.name, fileBytes: model.fileBytes, build };
}

function reportOf(
	{ args, plan, files, sandbox }: PreparedInfilling,
	{ name, family, fileBytes }: ModelInfo,
	records: readonly InfillingRecord[],
): InfillingReport {
	const { every, offset, without, extent } = args;
	return {
		model: { name, family, fileBytes },
		data: files.map(file => ({ name: file.name, sha256: file.sha256, tasks: file.tasks.length })),
		...{ every, offset, without, extent },
		sandbox: sandbox.description,
		isComplete: records.length === plan.tasks.length * plan.modes.length,
		summaries: summariseFills(records),
		records,
	};
}

/** @param dist where the built product is. */
export async function buildDigest(dist: string): Promise<string> {
	const hash = createHash('sha256');
	for (const name of ['engine.mjs', 'cli.mjs']) {
		hash.update(await readFile(join(dist, name)));
	}
	return hash.digest('hex');
}
