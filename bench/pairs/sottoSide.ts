import { join } from 'node:path';
import { startEngineProcess, type EngineProcess } from '../../src/node/engine/engineProcess';
import { wallClock } from '../clock/clock';
import { anonymousBytes, processorMs } from '../processTime';
import type { EditorPlace } from '../rival/llamaVscode';
import type { KeyCost, Side } from './side';

const entry = join(import.meta.dirname, '../../dist/engine.mjs');
const never = new AbortController().signal;

export interface RestingCost {
	/** The share of one core, 0 to 1. */
	readonly processorShare: number;
	/** Memory that no file backs: llama.cpp's own copy of the weights, which are rearranged for the processor, and all else. */
	readonly anonymousMiB: number;
}

/** Sotto's built engine, forked and asked through its own protocol. */
export class SottoSide implements Side {
	#requests = 0;

	private constructor(private readonly engine: EngineProcess) {}

	static async start(model: string): Promise<SottoSide> {
		const engine = startEngineProcess(entry, output => {
			process.stderr.write(`${output}\n`);
		});
		await engine.client.call('model/load', { role: 'complete', path: model, threads: 1 }, never);
		return new SottoSide(engine);
	}

	get pid(): number {
		return this.engine.pid ?? 0;
	}

	async press({ path, prefix, suffix }: EditorPlace, tokens: number): Promise<KeyCost> {
		const requestId = this.#requests++;
		const place = { requestId, path, languageId: 'typescript', prefix, suffix };
		const limits = { pieces: [], extent: 'line' as const, maxTokens: tokens, probabilityFloor: 0 };
		const before = processorMs(this.pid);
		const started = performance.now();
		let first: number | undefined;
		const listener = this.engine.client.on('completion/token', event => {
			if (event.requestId === requestId) {
				first ??= performance.now() - started;
			}
		});
		const result = await this.engine.client.call('completion/run', { ...place, ...limits }, never);
		const wall = performance.now() - started;
		listener.dispose();
		const processor = processorMs(this.pid) - before;
		// The token behind the end of the prompt is decoded from the prompt's last one, which counts as evaluated.
		const evaluated = result.evaluatedTokens;
		const { promptTokens: prompt, generatedTokens: generated } = result;
		return { wall, processor, first: first ?? wall, prompt, evaluated, generated };
	}

	/** The cost of an idle engine while nobody types. */
	async rest(milliseconds: number): Promise<RestingCost> {
		const before = processorMs(this.pid);
		await wallClock.sleep(milliseconds);
		const processorShare = (processorMs(this.pid) - before) / milliseconds;
		return { processorShare, anonymousMiB: Math.round(anonymousBytes(this.pid) / 2 ** 20) };
	}

	stop(): Promise<void> {
		return this.engine.stop();
	}
}
