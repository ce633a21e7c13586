import { createHash } from 'node:crypto';
import type { CompletionAnswer, CompletionQuery } from '../src/core/completion/completionEngine';
import { CompletionService } from '../src/core/completion/completionService';
import { defaultSettings } from '../src/core/settings/settings';
import type { OpenFile } from '../src/core/context/openFile';

/** In one line. */
const mostKeys = 40;
const never = new AbortController().signal;

/** A model that says how the line goes on in the file itself. Counts how often it is asked. */
class KnowingEngine {
	asked = 0;

	constructor(private readonly text: string) {}

	complete({ prefix }: CompletionQuery): Promise<CompletionAnswer> {
		this.asked++;
		const [text = ''] = this.text.slice(prefix.length).split('\n', 1);
		const counts = { promptTokens: 9, reusedTokens: 0, evaluatedTokens: 9, generatedTokens: 1 };
		return Promise.resolve({ text, tokens: [{ text, probability: 1 }], stopReason: 'end-of-line', ...counts });
	}
}

/** Milliseconds. */
interface Took {
	readonly wall: number;
	readonly processor: number;
}

export interface TypedShown {
	/** For each key, from the request to its answer. */
	readonly milliseconds: readonly number[];
	/** Processor time of this process for each of them, garbage collection in other threads included. */
	readonly processorMilliseconds: readonly number[];
	/** Keys that the engine was not asked for. */
	readonly answeredFromMemory: number;
	/** Digest of everything that was shown. Work on speed must not change it, for the same file. */
	readonly digest: string;
}

/** The host's own work at keys that type what is shown, at places spread over the file. */
export async function typeWhatIsShown(file: OpenFile, places: number): Promise<TypedShown> {
	const engine = new KnowingEngine(file.text);
	const service = new CompletionService(engine);
	const milliseconds: number[] = [];
	const processorMilliseconds: number[] = [];
	const shown = createHash('sha256');
	let answeredFromMemory = 0;
	/** @param end of the line, which is not there yet beyond `offset`. */
	const ask = async (offset: number, end: number): Promise<Took> => {
		const document = { ...file, prefix: file.text.slice(0, offset), suffix: file.text.slice(end) };
		const permission = { trigger: 'automatic', isSnoozed: false, isPrivate: false } as const;
		const request = { document, settings: defaultSettings, pieces: () => [], ...permission };
		const processor = process.cpuUsage();
		const started = performance.now();
		const outcome = await service.complete(request, never);
		const wall = performance.now() - started;
		const { user, system } = process.cpuUsage(processor);
		shown.update(`${JSON.stringify(outcome.kind === 'suggestion' ? outcome.suggestion : outcome.reason)}\n`);
		return { wall, processor: (user + system) / 1000 };
	};
	for (let place = 0; place < places; place++) {
		const { start, end } = lineAt(file.text, Math.floor((file.text.length * (place + 1)) / (places + 1)));
		await ask(start, end);
		for (let offset = start + 1; offset < Math.min(end, start + mostKeys); offset++) {
			const before = engine.asked;
			const { wall, processor } = await ask(offset, end);
			milliseconds.push(wall);
			processorMilliseconds.push(processor);
			answeredFromMemory += engine.asked === before ? 1 : 0;
		}
	}
	return { milliseconds, processorMilliseconds, answeredFromMemory, digest: shown.digest('hex') };
}

/** The next line that has some text: from its third character on. */
function lineAt(text: string, from: number): { readonly start: number; readonly end: number } {
	const found = /\n[ \t]*\S\S(?=.)/.exec(text.slice(from));
	const start = from + (found === null ? 0 : found.index + found[0].length);
	const end = text.indexOf('\n', start);
	return { start, end: end === -1 ? text.length : end };
}
