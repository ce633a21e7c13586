import type { Disposable } from '../util/disposable';
import type { CompletionAnswer, Written } from './completionEngine';

/** Calls back when the first line is worth more than the whole later, unless disposed of. */
export type Patience = (callback: () => void) => Disposable;

/** Watches an answer of several lines being written, to show its first line where the whole takes long. */
export class FirstLine {
	readonly #found: Promise<CompletionAnswer>;
	#tell: (line: CompletionAnswer) => void = () => undefined;
	#line: CompletionAnswer | undefined;
	#isDue = false;

	constructor() {
		this.#found = new Promise(resolve => {
			this.#tell = resolve;
		});
	}

	hear(soFar: Written): void {
		this.#line ??= firstLineOf(soFar);
		this.#check();
	}

	/** The first line, once patience is at its end; `undefined` where the whole comes first. Rejects as `whole` does. */
	async before(whole: Promise<CompletionAnswer>, patience: Patience): Promise<CompletionAnswer | undefined> {
		const timer = patience(() => {
			this.#isDue = true;
			this.#check();
		});
		try {
			return await Promise.race([this.#found, whole.then(() => undefined)]);
		} finally {
			timer.dispose();
		}
	}

	#check(): void {
		if (this.#isDue && this.#line !== undefined) {
			this.#tell(this.#line);
		}
	}
}

/**
 * The first line that has something on it, when it is certain: the token behind it is there too, so that no stop rule has
 * ended the answer with it.
 */
function firstLineOf({ text, tokens }: Written): CompletionAnswer | undefined {
	const end = text.indexOf('\n', text.length - text.trimStart().length);
	const certain = text.length - (tokens.at(-1)?.text.length ?? 0);
	if (end === -1 || end >= certain) {
		return undefined;
	}
	let left = end;
	const kept = tokens.flatMap(token => {
		const part = token.text.slice(0, Math.max(0, left));
		left -= token.text.length;
		return part === '' ? [] : [{ ...token, text: part }];
	});
	// How much work the whole is, is not known yet.
	const counts = { promptTokens: 0, reusedTokens: 0, evaluatedTokens: 0, generatedTokens: kept.length };
	return { text: text.slice(0, end), tokens: kept, stopReason: 'first-line', ...counts };
}
