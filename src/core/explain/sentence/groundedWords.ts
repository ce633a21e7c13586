import type { Evidence } from '../evidence';

/** A word of prose that names something of a program, or a number. */
export interface NamedWord {
	readonly word: string;
	/** In the prose. UTF-16 units. */
	readonly end: number;
	readonly isKnown: boolean;
}

/** In backticks, with an underscore, with a capital inside, a call, a path with dots, or with a digit in it. */
const named =
	/`([^`]+)`|(?<![\p{L}\p{N}_$])([\p{L}_$][\p{L}\p{N}$]*_[\p{L}\p{N}_$]*|\p{L}\p{Ll}+\p{Lu}[\p{L}\p{N}_$]*|[\p{L}_$][\p{L}\p{N}_$]*(?=\(\))|[\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}_$][\p{L}\p{N}_$]*)+|\p{L}+\p{N}+|\p{N}[\p{N}_]*(?:\.\p{N}+)?)/gu;
const numberWords = new Map([
	['0', ['zero', 'false', 'nothing', 'empty']],
	['1', ['first', 'next', 'previous', 'single', '++', '--']],
	['2', ['pair', 'both']],
]);
const abbreviations = new Set(['e.g', 'i.e']);
const parts = /[\p{L}_$][\p{L}\p{N}_$]*|\p{N}[\p{N}_]*(?:\.\p{N}+)?/gu;

/** The names and numbers in a sentence, and whether the selection or the evidence has them. */
export function namedWords(sentence: string, evidence: Evidence): readonly NamedWord[] {
	const known = knownWords(evidence);
	return [...sentence.matchAll(named)]
		.map(match => ({ word: (match[1] ?? match[2] ?? '').trim(), end: match.index + match[0].length }))
		.filter(({ word }) => !abbreviations.has(word))
		.map(({ word, end }) => ({ word, end, isKnown: [...word.matchAll(parts)].every(([part]) => knows(known, part)) }));
}

/** The sentence with a mark behind each name and number that nothing backs. */
export function markUnknown(sentence: string, evidence: Evidence): string {
	let marked = '';
	let from = 0;
	for (const { end, isKnown } of namedWords(sentence, evidence)) {
		if (!isKnown) {
			marked += `${sentence.slice(from, end)} ${unknownMark}`;
			from = end;
		}
	}
	return marked + sentence.slice(from);
}

export const unknownMark = '[not in the code]';

function knows(known: ReadonlySet<string>, part: string): boolean {
	const folded = part.toLowerCase();
	return known.has(folded) || (numberWords.get(folded) ?? []).some(word => known.has(word));
}

function knownWords({ code, path, symbols, documentation, definitions, diagnostics }: Evidence): ReadonlySet<string> {
	const texts = [
		code,
		path,
		documentation,
		...symbols.map(({ name }) => name),
		...definitions.map(({ name, text }) => `${name} ${text}`),
		...diagnostics.map(({ message }) => message),
	];
	const words = texts.flatMap(text => [...text.matchAll(parts)].map(([word]) => word.toLowerCase()));
	const marks = ['++', '--'].filter(mark => code.includes(mark));
	return new Set([...words, ...marks]);
}
