import type { CompletionQuery } from '../../completion/completionEngine';
import type { ScoredToken } from '../../completion/confidence';
import type { OpenFile } from '../../context/openFile';
import { lexemesOf } from '../lexemes';

type Lexemes = readonly string[];

/** An n-gram looks at one less before it. */
const order = 5;

const endsInWord = /[\p{L}\p{N}\p{M}_$]+$/u;

/**
 * Writes what came most often behind the same lexemes (up to four of them, the more the better) in the document and the
 * open files. It needs no model and knows the names in use: a model that is not better has learnt nothing of use.
 */
export class NgramCache {
	readonly #lexemes = new WeakMap<OpenFile, Lexemes>();

	/** @param files whole ones, not pieces: all that is open. */
	*predict({ prefix, suffix, maxTokens }: CompletionQuery, files: readonly OpenFile[]): Iterable<ScoredToken> {
		const begun = endsInWord.exec(prefix)?.[0] ?? '';
		const before = lexemesOf(prefix.slice(0, prefix.length - begun.length));
		const texts = [...files.map(file => this.#of(file)), lexemesOf(suffix), before];
		const written = [...before.slice(-order)];
		let start = begun;
		for (let count = 0; count < maxTokens; count++) {
			const next = mostFrequent(texts, written.slice(1 - order), start);
			if (next === undefined) {
				return;
			}
			if (next.text.length > start.length) {
				yield { text: next.text.slice(start.length), probability: next.probability };
			}
			written.push(next.text);
			start = '';
		}
	}

	#of(file: OpenFile): Lexemes {
		const known = this.#lexemes.get(file) ?? lexemesOf(file.text);
		this.#lexemes.set(file, known);
		return known;
	}
}

/**
 * Behind the longest context that occurs at all; of equally frequent ones the last, which is nearest to the cursor. A word
 * that is begun may be completed, or found complete, without any context; else at least one lexeme must agree.
 */
function mostFrequent(texts: readonly Lexemes[], context: Lexemes, start: string): ScoredToken | undefined {
	let longest = start === '' ? 1 : 0;
	let counts = new Map<string, number>();
	for (const text of texts) {
		for (const [index, lexeme] of text.entries()) {
			const length = lexeme.startsWith(start) ? contextLength(text, index, context) : -1;
			if (length < longest) {
				continue;
			}
			if (length > longest) {
				longest = length;
				counts = new Map();
			}
			counts.set(lexeme, (counts.get(lexeme) ?? 0) + 1);
		}
	}
	const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
	const best = [...counts].reduce<[string, number] | undefined>(
		(a, b) => (a === undefined || b[1] >= a[1] ? b : a),
		undefined,
	);
	return best === undefined ? undefined : { text: best[0], probability: best[1] / total };
}

/** How many lexemes in front of `index` are the last ones of the context. */
function contextLength(text: Lexemes, index: number, context: Lexemes): number {
	let length = 0;
	while (
		length < context.length &&
		length < index &&
		text[index - 1 - length] === context[context.length - 1 - length]
	) {
		length++;
	}
	return length;
}
