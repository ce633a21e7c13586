import type { CompletionAnswer, CompletionQuery, WrittenToken } from '../../../../src/core/completion/completionEngine';
import type { StreamingEngine } from '../../../../src/core/completion/joiningEngine';
import { EngineError } from '../../../../src/core/engine/engineError';
import type { VirtualClock } from './virtualClock';

const prefillMs = 30;
const tokenMs = 15;
const restartMs = 250;

/** The model's text at a place: different at each place, and the same each time. */
export function saying(path: string, prefix: string, suffix: string): string {
	// Closers are the editor's to add: they are no other place.
	const place = hash(`${path}\n${prefix.slice(-60)}‸${suffix.replace(/^[\s)\]}"'`]+/, '').slice(0, 20)}`);
	const name = `q${place.toString(16).padStart(8, '0')}`;
	return shapes[place % shapes.length]?.replaceAll('q', name) ?? '';
}

const shapes = [
	'q(q);',
	' = q + q;',
	'q("q", [q]) {\n\treturn q;\n}',
	'.q(q => {\n\t\tq();\n\t});\n\tq();',
	'',
	"q['q']",
];

/** Writes token by token, obeys a cancellation at the next one, and dies when it is told to. */
export class StormEngine implements StreamingEngine {
	/** Calls that have not settled. */
	running = 0;
	asked = 0;
	#life = new AbortController();
	#readyAt = 0;

	constructor(private readonly clock: VirtualClock) {}

	kill(): void {
		this.#life.abort(new EngineError('engine-exited', 'The engine was killed.'));
		this.#life = new AbortController();
		this.#readyAt = this.clock.now + restartMs;
	}

	async complete(
		query: CompletionQuery,
		signal: AbortSignal,
		onToken: (token: WrittenToken) => void,
	): Promise<CompletionAnswer> {
		const life = this.#life.signal;
		this.running++;
		this.asked++;
		try {
			await this.#work(prefillMs + Math.max(0, this.#readyAt - this.clock.now), [signal, life]);
			const tokens: WrittenToken[] = [];
			const said = query.maxTokens === 0 ? '' : saying(query.path, query.prefix, query.suffix);
			for (const text of (said.match(/\w{1,4}|\W/g) ?? []).slice(0, query.maxTokens)) {
				await this.#work(tokenMs, [signal, life]);
				tokens.push({ text, probability: 0.99 });
				onToken({ text, probability: 0.99 });
			}
			const text = tokens.map(token => token.text).join('');
			const counts = { promptTokens: 9, reusedTokens: 8, evaluatedTokens: 1, generatedTokens: tokens.length };
			return { text, tokens, stopReason: text === said ? 'end-of-generation' : 'token-limit', ...counts };
		} finally {
			this.running--;
		}
	}

	/** One native call: it cannot be interrupted, only not be followed by another. */
	async #work(milliseconds: number, signals: readonly AbortSignal[]): Promise<void> {
		await new Promise<void>(resolve => {
			this.clock.after(milliseconds, resolve);
		});
		for (const signal of signals) {
			signal.throwIfAborted();
		}
	}
}

function hash(text: string): number {
	let value = 2166136261;
	for (let index = 0; index < text.length; index++) {
		value = Math.imul(value ^ text.charCodeAt(index), 16777619);
	}
	return (value ^ (value >>> 15)) >>> 0;
}
