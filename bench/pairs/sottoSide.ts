import { join } from 'node:path';
import { startEngineProcess, type EngineProcess } from '../../src/node/engine/engineProcess';
import { processorMs } from '../processTime';
import type { EditorPlace } from '../rival/llamaVscode';
import type { KeyCost, Side } from './side';

const entry = join(import.meta.dirname, '../../dist/engine.mjs');
const never = new AbortController().signal;

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
		return { wall, processor, first: first ?? wall, evaluated, generated: result.generatedTokens };
	}

	stop(): Promise<void> {
		return this.engine.stop();
	}
}
