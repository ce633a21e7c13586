import { EngineError } from '../core/engine/engineError';
import type { ModelInfo, ModelRole } from '../protocol/engineContract';
import { openModel } from './gguf/openModel';
import { loadModel, type LoadModelOptions, type LoadWeights } from './loadModel';
import type { LoadedModel } from './loadedModel';

interface Holding {
	/** Identifies the requested model and its options, so that the same request does not load twice. */
	readonly key: string;
	readonly model: LoadedModel;
}

type ModelOptions = Pick<LoadModelOptions, 'path' | 'threads' | 'cacheFolder' | 'paceFile'>;

/** Which model does what. One model that does both is in memory once. */
export class ModelRoles {
	readonly #holdings = new Map<ModelRole, Holding>();
	/** One load at a time: two at once could both believe that there is memory enough. */
	#loading: Promise<unknown> = Promise.resolve();

	constructor(
		private readonly loadWeights: LoadWeights,
		/** Options that all models share. */
		private readonly common: Pick<LoadModelOptions, 'turns' | 'texts' | 'log'>,
	) {}

	/**
	 * Gives a role a model. When that fails, the role keeps the one it had.
	 * @throws EngineError with one of the `model-…` codes, `out-of-memory` or `engine-unavailable`.
	 */
	load(role: ModelRole, options: ModelOptions): Promise<ModelInfo> {
		const loaded = this.#loading.then(() => this.#load(role, options));
		this.#loading = loaded.catch(() => undefined);
		return loaded;
	}

	/** @throws EngineError `model-not-loaded`. */
	get(role: ModelRole): LoadedModel {
		const holding = this.#holdings.get(role);
		if (holding === undefined) {
			throw new EngineError('model-not-loaded', 'No model is loaded yet. Wait a moment, or restart the engine.');
		}
		return holding.model;
	}

	/** Leaves the next engine what it may go on from. */
	async leave(): Promise<void> {
		await this.#holdings.get('complete')?.model.leave();
	}

	async #load(role: ModelRole, options: ModelOptions): Promise<ModelInfo> {
		const started = performance.now();
		const { path, threads } = options;
		const file = await openModel(path);
		const key = `${path}\n${file.version}\n${threads}`;
		const model = this.#find(key) ?? (await loadModel({ ...options, file, ...this.common }, this.loadWeights));
		try {
			await model.prepare(role);
		} catch (error) {
			await this.#disposeUnused(model);
			throw error;
		}
		const previous = this.#holdings.get(role)?.model;
		this.#holdings.set(role, { key, model });
		await this.#disposeUnused(previous);
		return { ...model.info, loadMs: performance.now() - started };
	}

	async #disposeUnused(model: LoadedModel | undefined): Promise<void> {
		if (![...this.#holdings.values()].some(holding => holding.model === model)) {
			await model?.dispose();
		}
	}

	#find(key: string): LoadedModel | undefined {
		return [...this.#holdings.values()].find(holding => holding.key === key)?.model;
	}
}
