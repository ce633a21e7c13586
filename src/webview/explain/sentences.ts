/** The end of a sentence: a stop and white space after it, or the end of a line. */
const sentenceEnd = /[.!?][)"'”’`*_]*\s+|\n+/g;

/**
 * The whole sentences at the start of a stream, and what is left to wait for the rest. A screen reader is told sentences:
 * word by word, it would never get to finish one.
 */
export function takeSentences(pending: string): { readonly sentences: string; readonly rest: string } {
	const last = [...pending.matchAll(sentenceEnd)].at(-1);
	const end = last === undefined ? 0 : last.index + last[0].length;
	return { sentences: pending.slice(0, end).trim(), rest: pending.slice(end) };
}
