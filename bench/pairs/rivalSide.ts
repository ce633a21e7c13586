import { wallClock } from '../clock/clock';
import { processorMs } from '../processTime';
import { LlamaServer, type RivalConfiguration } from '../rival/llamaServer';
import { LlamaVscode, type EditorPlace } from '../rival/llamaVscode';
import type { InfillAnswer } from '../rival/infill';
import type { KeyCost, Side } from './side';

/**
 * A real llama-server asked as llama.vscode asks it for one key: without the wait for the request before, without the
 * request ahead that follows each answer, without the ring's. All of these cost it more; the comparison leaves them out
 * so that what is left is the work of the suggestion itself.
 */
export class RivalSide implements Side {
	private constructor(
		private readonly server: LlamaServer,
		private readonly completions: number,
	) {}

	static async start(program: string, model: string, configuration: RivalConfiguration): Promise<RivalSide> {
		return new RivalSide(await LlamaServer.start(program, model, configuration), configuration.completions);
	}

	get pid(): number {
		return this.server.pid;
	}

	async press(place: EditorPlace, tokens: number): Promise<KeyCost> {
		const answers: InfillAnswer[] = [];
		const abort = new AbortController();
		const policy = new LlamaVscode({
			server: this.server,
			clock: wallClock,
			random: () => 0,
			completions: this.completions,
			mostTokens: tokens,
			onAnswer: answer => {
				answers.push(answer);
			},
		});
		const before = processorMs(this.server.pid);
		const started = performance.now();
		const completing = policy.complete(place, abort.signal);
		void completing.then(() => {
			abort.abort();
		});
		await completing;
		const wall = performance.now() - started;
		const processor = processorMs(this.server.pid) - before;
		const [answer] = answers;
		if (answer === undefined) {
			throw new Error('llama.vscode would not have asked here.');
		}
		const { promptTokens: prompt, evaluated, generated } = answer;
		return { wall, processor, first: wall, prompt, evaluated, generated };
	}

	stop(): Promise<void> {
		return this.server.stop();
	}
}
