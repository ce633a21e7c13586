import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startEngineProcess, type EngineProcess } from '../../src/node/engine/engineProcess';
import type {
	CompletionParams,
	CompletionResult,
	GeneratedToken,
	ModelInfo,
	ModelRole,
} from '../../src/protocol/engineContract';
import { nanoModel } from '../support/gguf';

export const engineEntry = join(import.meta.dirname, '../../dist/engine.mjs');
export const never = new AbortController().signal;

/** The built engine in its own process, with what it said. */
export class EngineRig {
	readonly output: string[] = [];
	readonly log: string[] = [];
	readonly tokens: { requestId: number; token: GeneratedToken }[] = [];
	readonly #process: EngineProcess;
	#requests = 0;

	constructor() {
		if (!existsSync(engineEntry)) {
			throw new Error('dist/engine.mjs is not there: run `npm run build` first.');
		}
		this.#process = startEngineProcess(engineEntry, text => this.output.push(text));
		this.client.on('log', ({ level, message }) => this.log.push(`${level}: ${message}`));
		this.client.on('completion/token', body => this.tokens.push(body));
	}

	get client(): EngineProcess['client'] {
		return this.#process.client;
	}

	get pid(): number {
		return this.#process.pid ?? 0;
	}

	get ended(): Promise<string> {
		return this.#process.ended;
	}

	/** An engine that has loaded a model, by default sotto-nano. */
	static async ready(path = nanoModel, role: ModelRole = 'complete'): Promise<EngineRig> {
		const rig = new EngineRig();
		await rig.load(path, role);
		return rig;
	}

	load(path: string, role: ModelRole): Promise<ModelInfo> {
		return this.client.call('model/load', { role, path, threads: 1 }, never);
	}

	complete(changes: Partial<CompletionParams> = {}, signal = never): Promise<CompletionResult> {
		const params: CompletionParams = {
			requestId: ++this.#requests,
			path: 'src/a.ts',
			languageId: 'typescript',
			prefix: '',
			suffix: '',
			pieces: [],
			extent: 'line',
			maxTokens: 24,
			probabilityFloor: 0,
			...changes,
		};
		return this.client.call('completion/run', params, signal);
	}

	stop(): Promise<void> {
		return this.#process.stop();
	}
}
