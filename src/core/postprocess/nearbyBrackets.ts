import type { FilterContext } from './filter';
import { indentOf } from './lines';
import { closerOf, isCloser, unmatchedClosers, unmatchedOpeners, type Mark } from './marks';
import { openAtEnd, scanMarks, type Open } from './scanMarks';

/** Enough to find the openers around the cursor; further out, indentation would not tell either. */
const window = 4000;

export interface PlacedBracket {
	readonly character: string;
	/** Length of the white space that its line starts with. */
	readonly indent: number;
}

/** What is open at the cursor, outermost first. */
export function openersAbove(context: FilterContext): PlacedBracket[] {
	const { text, open } = textBefore(context);
	const marks = unmatchedOpeners(scanMarks(text, context.languageId, open));
	return marks.filter(isOpenBracket).map(mark => placed(mark, text));
}

/** What the text after the cursor closes without opening it, innermost first. */
export function closersBelow(context: FilterContext): readonly PlacedBracket[] {
	const text = textAfter(context);
	const marks = unmatchedClosers(scanMarks(text, context.languageId, openHere(context)));
	return marks.filter(mark => isCloser(mark.character)).map(mark => placed(mark, text));
}

/** Nearly every filter asks, and a look at a screen of code costs more than most of them. */
const opensKnown = new WeakMap<FilterContext, Open>();

/** The string or comment that the cursor stands in; '' for code. */
export function openHere(context: FilterContext): Open {
	const known = opensKnown.get(context);
	if (known !== undefined) {
		return known;
	}
	const { text, open } = textBefore(context);
	const found = openAtEnd(text, context.languageId, open);
	opensKnown.set(context, found);
	return found;
}

/** The text before the cursor that the filters look at, and what is open where it begins. */
export function textBefore({ prefix, languageId }: FilterContext): { readonly text: string; readonly open: Open } {
	const cut = Math.max(0, prefix.length - window);
	const line = cut === 0 ? 0 : prefix.indexOf('\n', cut) + 1;
	const start = line === 0 ? cut : line;
	const open = languageId === 'python' ? openTriple(prefix.slice(0, start)) : '';
	return { text: prefix.slice(start), open };
}

export function textAfter({ suffix }: FilterContext): string {
	return suffix.slice(0, window);
}

/** Docstrings are longer than other strings: here alone the whole text before the window is looked at. */
function openTriple(text: string): Open {
	let open = '';
	for (const [quote] of text.matchAll(/"""|'''/g)) {
		open = open === '' ? quote : open === quote ? '' : open;
	}
	return open;
}

/** A quote opens too, but closes itself. */
export function isOpenBracket({ character }: Mark): boolean {
	return closerOf(character) !== undefined;
}

/** The white space that starts the line of the character at `index`. */
export function indentAt(text: string, index: number): string {
	return indentOf(text.slice(text.lastIndexOf('\n', index - 1) + 1, index));
}

function placed({ character, index }: Mark, text: string): PlacedBracket {
	return { character, indent: indentAt(text, index).length };
}
