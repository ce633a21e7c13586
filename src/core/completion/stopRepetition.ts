import { hasWord } from './stopText';

/** Shortest phrase whose repetition is a loop of the model and not a table such as `0, 0, 0`. UTF-16 units. */
const shortestPhrase = 4;
const longestPhrase = 120;
/** The third time is a loop. */
const times = 3;

/**
 * Finds the loop that small models fall into: a line written three times, or a phrase three times in a row.
 * @returns how much of the text to keep: up to and with the first occurrence; `undefined` when nothing repeats.
 */
export function findRepetition(text: string): number | undefined {
	return repeatedLine(text) ?? repeatedPhrase(text);
}

function repeatedLine(text: string): number | undefined {
	const lines = text.split('\n');
	const last = lines.at(-1)?.trim() ?? '';
	// Brackets alone repeat in honest code, and a short start may still become another line.
	if (last.length < shortestPhrase || !hasWord(last)) {
		return undefined;
	}
	const same = lines.flatMap((line, index) => (line.trim() === last ? index : []));
	const first = same[0];
	if (first === undefined || same.length < times) {
		return undefined;
	}
	return lines.slice(0, first + 1).join('\n').length;
}

function repeatedPhrase(text: string): number | undefined {
	for (let length = shortestPhrase; length <= longestPhrase && length * times <= text.length; length++) {
		const phrase = text.slice(-length);
		if (hasWord(phrase) && text.endsWith(phrase.repeat(times))) {
			return text.length - length * (times - 1);
		}
	}
	return undefined;
}

/** Shorter lines stand below each other in honest code. UTF-16 units. */
const shortestCopy = 8;

/**
 * Finds a line that only says again what the line right above it says, which is what a small model does when it has
 * nothing to say.
 * @param lines the last of them complete.
 * @returns the index of the copy.
 */
export function findCopiedLine(lines: readonly string[]): number | undefined {
	const index = lines.findIndex((line, at) => {
		const text = line.trim();
		return text.length >= shortestCopy && hasWord(text) && text === lines[at - 1]?.trim();
	});
	return index === -1 ? undefined : index;
}
