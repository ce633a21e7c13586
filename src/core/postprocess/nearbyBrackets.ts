import type { FilterContext } from './filter';
import { indentOf } from './lines';
import { closes, isCloser, scanMarks, unmatchedClosers, unmatchedOpeners, type Mark } from './marks';

/** Enough to find the openers around the cursor; further out, indentation would not tell either. */
const window = 4000;

export interface PlacedBracket {
	readonly character: string;
	/** Length of the white space that its line starts with. */
	readonly indent: number;
}

/** What is open at the cursor, outermost first. */
export function openersAbove({ prefix, languageId }: FilterContext): PlacedBracket[] {
	const text = prefix.slice(-window);
	const marks = unmatchedOpeners(scanMarks(text, languageId));
	return marks.filter(isOpenBracket).map(mark => placed(mark, text));
}

/** What the text after the cursor closes without opening it, innermost first. */
export function closersBelow({ suffix, languageId }: FilterContext): readonly PlacedBracket[] {
	const text = suffix.slice(0, window);
	const marks = unmatchedClosers(scanMarks(text, languageId));
	return marks.filter(mark => isCloser(mark.character)).map(mark => placed(mark, text));
}

/** A quote opens too, but closes itself. */
export function isOpenBracket({ character }: Mark): boolean {
	return isCloser(closes(character));
}

/** The white space that starts the line of the character at `index`. */
export function indentAt(text: string, index: number): string {
	return indentOf(text.slice(text.lastIndexOf('\n', index - 1) + 1, index));
}

function placed({ character, index }: Mark, text: string): PlacedBracket {
	return { character, indent: indentAt(text, index).length };
}
