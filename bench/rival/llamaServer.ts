import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { InfillAnswer, InfillRequest, InfillServer } from './infill';

/** How the server is started, and how many completions llama.vscode asks it for at once. */
export interface RivalConfiguration {
	readonly arguments: readonly string[];
	readonly completions: number;
}

/** As llama.cpp's presets for filling in the middle have it (`--fim-qwen-1.5b-default`). */
const preset = ['-b', '1024', '-ub', '1024', '--cache-reuse', '256'];
const oneSlot = [...preset, '-np', '1', '-c', '4096'];

/**
 * `stock`: the preset and llama.vscode's defaults, which are three completions at once. `lean`: one slot, one completion.
 * The rest are `lean` with ways of drafting without a second model; the best of all is what Sotto is compared with.
 */
export const rivalConfigurations = {
	stock: { arguments: [...preset, '-np', '4', '-c', '16384'], completions: 3 },
	lean: { arguments: oneSlot, completions: 1 },
	'tuned: ngram-simple': { arguments: [...oneSlot, '--spec-type', 'ngram-simple'], completions: 1 },
	'tuned: ngram-mod': { arguments: [...oneSlot, '--spec-type', 'ngram-mod'], completions: 1 },
} as const satisfies Record<string, RivalConfiguration>;
export type RivalName = keyof typeof rivalConfigurations;

/** Half a billion parameters are read and repacked within it, on a busy machine too. Milliseconds. */
const startLimit = 180_000;
const host = '127.0.0.1';

const answerShape = z.object({
	content: z.string(),
	tokens_evaluated: z.number(),
	timings: z.object({ prompt_n: z.number(), predicted_n: z.number() }),
});

/** A real llama-server, on the loopback interface only. */
export class LlamaServer implements InfillServer {
	private constructor(
		private readonly child: ChildProcess,
		private readonly origin: string,
	) {}

	/** @throws Error with the server's last words when it does not get ready. */
	static async start(program: string, model: string, configuration: RivalConfiguration): Promise<LlamaServer> {
		const port = await freePort();
		const child = spawn(
			program,
			['-m', model, '-t', '1', '-tb', '1', '--host', host, '--port', `${port}`, ...configuration.arguments],
			{ stdio: ['ignore', 'ignore', 'pipe'] },
		);
		let said = '';
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			said = (said + text).slice(-2000);
		});
		const server = new LlamaServer(child, `http://${host}:${port}`);
		try {
			await server.#ready();
		} catch (error) {
			await server.stop();
			throw new Error(`llama-server did not start:\n${said}`, { cause: error });
		}
		return server;
	}

	get pid(): number {
		return this.child.pid ?? 0;
	}

	async infill(request: InfillRequest): Promise<InfillAnswer> {
		// Parameters that llama.vscode sends beside the place itself.
		const body = {
			...request,
			top_k: 40,
			top_p: 0.99,
			samplers: ['top_k', 'top_p', 'infill'],
			stream: false,
			cache_prompt: true,
			id_slot: 0,
			seed: 1,
		};
		const response = await fetch(`${this.origin}/infill`, { method: 'POST', body: JSON.stringify(body) });
		const text = await response.text();
		if (!response.ok) {
			throw new Error(`llama-server refused: ${text}`);
		}
		const answer: unknown = JSON.parse(text);
		const answers = z.array(answerShape).parse(Array.isArray(answer) ? answer : [answer]);
		return {
			contents: answers.map(({ content }) => content),
			evaluated: answers[0]?.timings.prompt_n ?? 0,
			generated: answers.reduce((sum, { timings }) => sum + timings.predicted_n, 0),
			promptTokens: answers[0]?.tokens_evaluated ?? 0,
		};
	}

	async stop(): Promise<void> {
		if (this.child.exitCode === null && this.child.signalCode === null) {
			const ended = once(this.child, 'exit');
			this.child.kill('SIGKILL');
			await ended;
		}
	}

	async #ready(): Promise<void> {
		const end = performance.now() + startLimit;
		while (performance.now() < end && this.child.exitCode === null) {
			const isReady = await fetch(`${this.origin}/health`).then(
				({ ok }) => ok,
				() => false,
			);
			if (isReady) {
				return;
			}
			await delay(100);
		}
		throw new Error(this.child.exitCode === null ? 'it took too long' : `exit code ${this.child.exitCode}`);
	}
}

async function freePort(): Promise<number> {
	const probe = createServer().listen(0, host);
	await once(probe, 'listening');
	const address = probe.address();
	probe.close();
	await once(probe, 'close');
	return typeof address === 'object' && address !== null ? address.port : 0;
}
