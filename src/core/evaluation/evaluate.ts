import type { CompletionEngine } from '../completion/completionEngine';
import { PieceIndex } from '../context/pieceIndex';
import { rankPieces } from '../context/rankPieces';
import { baselineEngine } from './baselines/baselineEngine';
import { NgramCache } from './baselines/ngramCache';
import { SimilarLine } from './baselines/similarLine';
import { evaluatePosition } from './evaluatePosition';
import type { EvaluationContext, EvaluationRecord } from './evaluationRecord';
import { nearestFiles } from './nearestFiles';
import { cursorDocument, type EvaluationPosition } from './positions';
import type { SourceFile } from './sourceFile';

export interface EvaluationPlan {
	readonly files: readonly SourceFile[];
	readonly positions: readonly EvaluationPosition[];
	readonly contexts: readonly EvaluationContext[];
}

export interface EvaluationPorts {
	/** The model. The baselines need none. */
	readonly engine: CompletionEngine;
	/** Milliseconds from any origin. */
	now(): number;
	/** Told after each position in each context. */
	onProgress(done: number, total: number): void;
	/** After each position: lets the process attend to signals. */
	pause(): Promise<void>;
}

/** As in the editor: so many files are taken for open ones. */
const openFiles = 20;

/**
 * Asks the model and the baselines at every position in every context. When `signal` aborts, what is done is kept and
 * returned. Throws the engine's errors.
 */
export async function evaluate(
	plan: EvaluationPlan,
	ports: EvaluationPorts,
	signal: AbortSignal,
): Promise<readonly EvaluationRecord[]> {
	const records: EvaluationRecord[] = [];
	const predictors = new Predictors(ports);
	const total = plan.positions.length * plan.contexts.length;
	let done = 0;
	for (const position of plan.positions) {
		for (const context of plan.contexts) {
			const asked = await unlessAborted(predictors.ask(position, context, plan.files, signal), signal);
			await ports.pause();
			if (asked === undefined || signal.aborted) {
				return records;
			}
			records.push(...asked);
			ports.onProgress(++done, total);
		}
	}
	return records;
}

/** The model and the baselines, and what they keep from position to position. */
class Predictors {
	readonly #index = new PieceIndex(2 * openFiles);
	readonly #ngrams = new NgramCache();
	readonly #similar = new SimilarLine();
	#open: { readonly of: SourceFile; readonly files: readonly SourceFile[] } | undefined;

	constructor(private readonly ports: EvaluationPorts) {}

	async ask(
		position: EvaluationPosition,
		context: EvaluationContext,
		all: readonly SourceFile[],
		signal: AbortSignal,
	): Promise<readonly EvaluationRecord[]> {
		const files = context === 'none' ? [] : this.#openBeside(position.file, all);
		const options = { index: this.#index, limits: { newFiles: openFiles } };
		const pieces = rankPieces(cursorDocument(position), files, options).map(({ path, text }) => ({ path, text }));
		const engines: readonly (readonly [string, CompletionEngine])[] = [
			['model', this.ports.engine],
			['n-gram cache', baselineEngine(query => this.#ngrams.predict(query, files))],
			['similar line', baselineEngine(query => this.#similar.predict(query, files))],
		];
		const records: EvaluationRecord[] = [];
		for (const [predictor, engine] of engines) {
			const question = { position, predictor, context, engine, pieces, now: () => this.ports.now() };
			records.push(await evaluatePosition(question, signal));
		}
		return records;
	}

	/** Positions come file by file, so the last answer is enough. */
	#openBeside(file: SourceFile, all: readonly SourceFile[]): readonly SourceFile[] {
		if (this.#open?.of !== file) {
			this.#open = { of: file, files: nearestFiles(file, all, openFiles) };
		}
		return this.#open.files;
	}
}

/** After an abort no error counts: the engine may have been interrupted with us. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
	try {
		return await work;
	} catch (error) {
		if (signal.aborted) {
			return undefined;
		}
		throw error;
	}
}
