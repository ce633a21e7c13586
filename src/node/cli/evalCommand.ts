import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { EvaluationPlan } from '../../core/evaluation/evaluate';
import { EngineError } from '../../core/engine/engineError';
import { choosePositions } from '../../core/evaluation/positions';
import { languageGroup } from '../../core/evaluation/sourceFile';
import { evaluateModel, evaluateModels, type EvalSurroundings } from '../evaluation/evaluateModels';
import { readRepository } from '../evaluation/readRepository';
import { UsageError, type EvalArguments } from './arguments';
import { ofOne, ofSeveral, writeOutput } from './evalOutput';

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
	const out = await reportPath(args.out, root);
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

/**
 * @returns absolute path of the report without its extension; `undefined` for nowhere.
 * @throws UsageError when there is no such folder.
 */
export async function reportPath(out: string | undefined, root: string): Promise<string | undefined> {
	if (out === undefined) {
		return undefined;
	}
	const path = resolve(root, out).replace(/\.json$/, '');
	if (!(await stat(dirname(path)).catch(() => undefined))?.isDirectory()) {
		throw new UsageError(
			`There is no folder ${dirname(path)} for the report. Create it, or name another: --out FILE.json`,
		);
	}
	return path;
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
		more.length === 0
			? ofOne(await withAdvice(evaluateModel(args, plan, work, first)))
			: ofSeveral(await evaluateModels(args, plan, work));
	if (out !== undefined) {
		await writeOutput(result, out);
	}
	return args.json ? result.json : result.markdown;
}

/** The editor has a command to choose a model with; here one is named. */
export async function withAdvice<T>(evaluation: Promise<T>): Promise<T> {
	try {
		return await evaluation;
	} catch (error) {
		if (EngineError.is(error, 'model-cannot-complete')) {
			throw new EngineError(error.code, `${error.message} Name another GGUF: --model PATH.gguf`, { cause: error });
		}
		throw error;
	}
}
