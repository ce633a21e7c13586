import type { CompletionQuery } from '../../completion/completionEngine';
import type { ScoredToken } from '../../completion/confidence';
import { similarity, tokenSet, type TokenSet } from '../../context/codeTokens';
import type { OpenFile } from '../../context/openFile';
import { indentOf } from '../../postprocess/lines';

/** A shorter end of the line in common is chance, unless it is all there is. UTF-16 units. */
const shortestMatch = 3;

/**
 * Writes what the most similar earlier line says: behind the longest match with the end of the cursor's line, or, where
 * nothing or all of the cursor's line is written, the line below the most similar line. Earlier means above the cursor,
 * or in an open file; of equals the last, which is nearest.
 */
export class SimilarLine {
	readonly #lines = new WeakMap<OpenFile, readonly string[]>();
	readonly #tokens = new Map<string, TokenSet>();

	/** @param files whole ones, not pieces: all that is open. */
	predict({ prefix, extent }: CompletionQuery, files: readonly OpenFile[]): readonly ScoredToken[] {
		const above = prefix.split('\n');
		const begun = above.pop() ?? '';
		const texts = [...files.map(file => this.#of(file)), above];
		if (begun.trim() === '') {
			const next = this.#below(texts, above.findLast(isFilled) ?? '');
			return next === undefined ? [] : [{ ...next, text: next.text.trim() }];
		}
		if (extent === 'block') {
			const next = this.#below(texts, begun);
			return next === undefined ? [] : [{ ...next, text: `\n${indentOf(begun)}${next.text}` }];
		}
		const rest = restOfLine(texts, begun.trimStart());
		return rest === undefined ? [] : [rest];
	}

	/** The line below the one most like `line`, indented relative to it. */
	#below(texts: readonly (readonly string[])[], line: string): ScoredToken | undefined {
		const own = tokenSet(line);
		let best: ScoredToken | undefined;
		for (const lines of texts) {
			for (const [index, other] of lines.entries()) {
				const probability = other.trim() === line.trim() ? 1 : similarity(own, this.#tokensOf(other));
				const below = probability > 0 && probability >= (best?.probability ?? 0) ? nextFilled(lines, index) : undefined;
				if (below !== undefined) {
					best = { text: relative(below, other), probability };
				}
			}
		}
		return best;
	}

	#of(file: OpenFile): readonly string[] {
		const known = this.#lines.get(file) ?? file.text.split('\n');
		this.#lines.set(file, known);
		return known;
	}

	#tokensOf(line: string): TokenSet {
		const known = this.#tokens.get(line) ?? tokenSet(line);
		this.#tokens.set(line, known);
		return known;
	}
}

function restOfLine(texts: readonly (readonly string[])[], begun: string): ScoredToken | undefined {
	let length = Math.min(shortestMatch, begun.length);
	let found: string | undefined;
	for (const line of texts.flat()) {
		const rest = restBehind(line, begun.slice(-length));
		if (rest === undefined) {
			continue;
		}
		found = rest;
		for (let longer = restBehind(line, begun.slice(-length - 1)); longer !== undefined && length < begun.length;) {
			found = longer;
			length++;
			longer = restBehind(line, begun.slice(-length - 1));
		}
	}
	return found === undefined ? undefined : { text: found, probability: length / begun.length };
}

function restBehind(line: string, match: string): string | undefined {
	const at = line.lastIndexOf(match);
	const rest = at === -1 ? '' : line.slice(at + match.length);
	return rest.trim() === '' ? undefined : rest;
}

function nextFilled(lines: readonly string[], index: number): string | undefined {
	return lines.slice(index + 1, index + 4).find(isFilled);
}

function relative(line: string, to: string): string {
	const indent = indentOf(to);
	return line.startsWith(indent) ? line.slice(indent.length) : line.trimStart();
}

function isFilled(line: string): boolean {
	return line.trim() !== '';
}
