import type { CompletionEngine } from '../completion/completionEngine';
import type { SyntaxScope } from '../completion/syntaxScope';
import { textualDefinitions } from '../context/definitions/textualDefinitions';
import { longestOpenText, type OpenFile } from '../context/openFile';
import { PieceIndex } from '../context/pieceIndex';
import { rankPieces, type RankedPiece } from '../context/rankPieces';
import { baselineEngine } from './baselines/baselineEngine';
import { NgramCache } from './baselines/ngramCache';
import { SimilarLine } from './baselines/similarLine';
import { evaluatePosition } from './evaluatePosition';
import { sourcesOf, type EvaluationContext } from './evaluationContext';
import type { EvaluationRecord } from './evaluationRecord';
import { nearestFiles } from './nearestFiles';
import { cursorDocument, type EvaluationPosition } from './positions';
import type { SourceFile } from './sourceFile';

export interface EvaluationPlan {
	readonly files: readonly SourceFile[];
	readonly positions: readonly EvaluationPosition[];
	readonly contexts: readonly EvaluationContext[];
	/** False: the model alone. The baselines say the same whatever the model. */
	readonly baselines?: boolean;
}

export interface EvaluationPorts {
	/** The model. The baselines need none. */
	readonly engine: CompletionEngine;
	/** Lets the engine know what would be open, best first; settles when it does. */
	share(files: readonly OpenFile[]): Promise<void>;
	/** Name of the model, whose thresholds the gate has. */
	readonly model?: string;
	/** Tells by syntax where answers end. */
	readonly scope?: SyntaxScope | undefined;
	/** Milliseconds from any origin. */
	now(): number;
	/** Told after each position in each context. */
	onProgress(done: number, total: number): void;
	/** After each position: lets the process attend to signals. */
	pause(): Promise<void>;
}

/** As in the editor: so many files are taken for open ones, and so many of the next nearest for lately closed ones. */
const openFiles = 20;
const recentFiles = 10;
const noFiles: readonly SourceFile[] = [];

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
	const predictors = new Predictors(plan, ports);
	const total = plan.positions.length * plan.contexts.length;
	let done = 0;
	for (const position of plan.positions) {
		for (const context of plan.contexts) {
			const asked = await unlessAborted(predictors.ask(position, context, signal), signal);
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
	readonly #index = new PieceIndex(2 * (openFiles + recentFiles));
	readonly #ngrams = new NgramCache();
	readonly #similar = new SimilarLine();
	#shared: readonly SourceFile[] | undefined;
	#open: { readonly of: SourceFile; readonly files: readonly SourceFile[] } | undefined;

	constructor(
		private readonly plan: EvaluationPlan,
		private readonly ports: EvaluationPorts,
	) {}

	async ask(
		position: EvaluationPosition,
		context: EvaluationContext,
		signal: AbortSignal,
	): Promise<readonly EvaluationRecord[]> {
		await this.#share(sourcesOf(context).has('files') ? this.#near(position.file) : noFiles);
		const pieces = this.#pieces(position, context);
		const records: EvaluationRecord[] = [];
		for (const [predictor, engine] of [['model', this.ports.engine] as const, ...this.#baselines(position, context)]) {
			const { model, scope } = this.ports;
			const question = { position, predictor, context, engine, pieces, model, scope, now: () => this.ports.now() };
			records.push(await evaluatePosition(question, signal));
		}
		return records;
	}

	#pieces(position: EvaluationPosition, context: EvaluationContext): readonly RankedPiece[] {
		const sources = sourcesOf(context);
		const document = cursorDocument(position);
		const near = this.#near(position.file);
		const files = [
			...(sources.has('files') ? near.slice(0, openFiles) : []),
			...(sources.has('recent') ? near.slice(openFiles).map((file): OpenFile => ({ ...file, source: 'recent' })) : []),
		];
		const offered = sources.has('definitions') ? textualDefinitions(document, this.plan.files) : [];
		return rankPieces(document, files, { index: this.#index, offered, limits: { newFiles: Infinity } });
	}

	/** With all that is open, or with nothing: what pieces of it a model sees is nothing to them. */
	#baselines(
		position: EvaluationPosition,
		context: EvaluationContext,
	): readonly (readonly [string, CompletionEngine])[] {
		if (this.plan.baselines === false || (context !== 'none' && context !== 'files')) {
			return [];
		}
		const files = context === 'none' ? [] : this.#near(position.file).slice(0, openFiles);
		return [
			['n-gram cache', baselineEngine(query => this.#ngrams.predict(query, files))],
			['similar line', baselineEngine(query => this.#similar.predict(query, files))],
		];
	}

	/** The open ones; of each as much as the editor hands over. The engine is told only of a change. */
	async #share(near: readonly SourceFile[]): Promise<void> {
		if (near !== this.#shared) {
			const files = near.slice(0, openFiles);
			await this.ports.share(files.map(file => ({ ...file, text: file.text.slice(0, longestOpenText) })));
			this.#shared = near;
		}
	}

	/** Positions come file by file, so the last answer is enough. */
	#near(file: SourceFile): readonly SourceFile[] {
		if (this.#open?.of !== file) {
			this.#open = { of: file, files: nearestFiles(file, this.plan.files, openFiles + recentFiles) };
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
