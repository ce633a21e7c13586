const pattern = /\n[ \t]*|[^\S\n]+|[\p{L}\p{N}\p{M}_$]+|[^\s\p{L}\p{N}\p{M}_$]/gu;

/**
 * Cuts text into words, single signs, runs of blanks, and line ends with the indentation behind them. Joined they are the
 * text again. Coarser than any language's lexer, and the same for all of them.
 */
export function lexemesOf(text: string): readonly string[] {
	return text.match(pattern) ?? [];
}

const word = /[\p{L}\p{N}\p{M}_$]/u;

/** True when the place at `offset` lies within a word: one ends neither before nor after it. */
export function isWithinWord(text: string, offset: number): boolean {
	return word.test(text.charAt(offset - 1)) && word.test(text.charAt(offset));
}

export function hasWord(text: string): boolean {
	return word.test(text);
}

/** Shorter rests of a line are closers, which say nothing about a model. Characters without white space around. */
const shortestHidden = 3;

export function isWorthHiding(text: string): boolean {
	return hasWord(text) && text.trim().length >= shortestHidden;
}
