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

export interface TypedShown {
	/** For each key, from the request to its answer. */
	readonly milliseconds: readonly number[];
	/** Keys that the engine was not asked for. */
	readonly answeredFromMemory: number;
}

/** The host's own work at keys that type what is shown, at places spread over the file. */
export async function typeWhatIsShown(file: OpenFile, places: number): Promise<TypedShown> {
	const engine = new KnowingEngine(file.text);
	const service = new CompletionService(engine);
	const milliseconds: number[] = [];
	let answeredFromMemory = 0;
	/** @param end of the line, which is not there yet beyond `offset`. */
	const ask = async (offset: number, end: number): Promise<number> => {
		const document = { ...file, prefix: file.text.slice(0, offset), suffix: file.text.slice(end) };
		const started = performance.now();
		const permission = { trigger: 'automatic', isSnoozed: false, isPrivate: false } as const;
		await service.complete({ document, settings: defaultSettings, pieces: () => [], ...permission }, never);
		return performance.now() - started;
	};
	for (let place = 0; place < places; place++) {
		const { start, end } = lineAt(file.text, Math.floor((file.text.length * (place + 1)) / (places + 1)));
		await ask(start, end);
		for (let offset = start + 1; offset < Math.min(end, start + mostKeys); offset++) {
			const before = engine.asked;
			milliseconds.push(await ask(offset, end));
			answeredFromMemory += engine.asked === before ? 1 : 0;
		}
	}
	return { milliseconds, answeredFromMemory };
}

/** The next line that has some text: from its third character on. */
function lineAt(text: string, from: number): { readonly start: number; readonly end: number } {
	const found = /\n[ \t]*\S\S(?=.)/.exec(text.slice(from));
	const start = from + (found === null ? 0 : found.index + found[0].length);
	const end = text.indexOf('\n', start);
	return { start, end: end === -1 ? text.length : end };
}
