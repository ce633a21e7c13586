import { editSimilarity } from './editSimilarity';
import { hasWord, isWithinWord, lexemesOf } from './lexemes';

/** Compares a suggestion with the text that the author of the file wrote there. */
export interface Judgement {
	/** The first line with something on it is exactly the author's, to its end. */
	readonly isExactLine: boolean;
	/** All of the hidden text, nothing else. */
	readonly isExact: boolean;
	/** Nothing in it is wrong: the author's text begins with all of it, and it does not end within a word. */
	readonly isRight: boolean;
	/** Similarity of the first lines, 0 to 1. */
	readonly similarity: number;
	/** Characters that the simulated user accepts, see `acceptedCharacters`. */
	readonly accepted: number;
}

/** Nothing shown is nothing right. */
export const nothingShown: Judgement = {
	isExactLine: false,
	isExact: false,
	isRight: false,
	similarity: 0,
	accepted: 0,
};

/** White space at the ends of the texts does not count, and that in front of the first line does. */
export function judge(shown: string, hidden: string): Judgement {
	const text = shown.trimEnd();
	if (text === '') {
		return nothingShown;
	}
	return {
		isExactLine: firstLine(text) === firstLine(hidden),
		isExact: text === hidden.trimEnd(),
		isRight: hidden.startsWith(text) && !isWithinWord(hidden, text.length),
		similarity: editSimilarity(firstLine(text), firstLine(hidden)),
		accepted: acceptedCharacters(text, hidden),
	};
}

/** Up to the end of the first line that holds something, the line ends in front of it included. */
export function firstLine(text: string): string {
	return (/^\s*[^\n]*/.exec(text)?.[0] ?? '').trimEnd();
}

/** The fewest characters that the simulated user accepts. Fewer are not worth the look. */
const fewestAccepted = 3;

/**
 * The simulated user reads the suggestion word by word and takes over, with the key that accepts a word, the words that
 * are what they meant to write, up to the first that is not; fewer than three characters they type themselves. Blanks at
 * the start of a line count for nothing, as the editor writes them. One suggestion at one place: they do not wait for
 * the next one, so this is less than what asking again after each word would give.
 */
export function acceptedCharacters(shown: string, hidden: string): number {
	let end = 0;
	for (const lexeme of lexemesOf(shown)) {
		const next = end + lexeme.length;
		if (!hidden.startsWith(lexeme, end) || (hasWord(lexeme) && isWithinWord(hidden, next))) {
			break;
		}
		end = next;
	}
	const count = typedCharacters(hidden.slice(0, end).trimEnd());
	return count < fewestAccepted ? 0 : count;
}

/** Characters that somebody types: without line ends, the indentation behind them, and white space at the end. */
export function typedCharacters(text: string): number {
	return text.trimEnd().replace(/\n\s*/g, '').length;
}
