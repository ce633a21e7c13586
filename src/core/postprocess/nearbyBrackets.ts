import { oncePer } from '../util/oncePer';
import { scanAround } from './codeScanner';
import type { FilterContext } from './filter';
import { indentOf } from './lines';
import { closerOf, isCloser, unmatchedClosers, unmatchedOpeners, type Mark } from './marks';
import type { Open } from './scanMarks';

/** Enough to find the openers around the cursor; further out, indentation would not tell either. */
const window = 4000;

export interface PlacedBracket {
	readonly character: string;
	/** Length of the white space that its line starts with. */
	readonly indent: number;
}

/** What is open at the cursor, outermost first. */
export const openersAbove = oncePer((context: FilterContext): readonly PlacedBracket[] => {
	const { text } = textBefore(context);
	const marks = unmatchedOpeners(scanBefore(context).marks);
	return marks.filter(isOpenBracket).map(mark => placed(mark, text));
});

/** What the text after the cursor closes without opening it, innermost first. */
export const closersBelow = oncePer((context: FilterContext): readonly PlacedBracket[] => {
	const text = textAfter(context);
	const marks = unmatchedClosers(scanAround(text, context, openHere(context)).marks);
	return marks.filter(mark => isCloser(mark.character)).map(mark => placed(mark, text));
});

/** The string or comment that the cursor stands in; '' for code. */
export function openHere(context: FilterContext): Open {
	return scanBefore(context).open;
}

const scanBefore = oncePer((context: FilterContext) => {
	const { text, open } = textBefore(context);
	return scanAround(text, context, open);
});

/** The text before the cursor that the filters look at, and what is open where it begins. */
export const textBefore = oncePer(
	({ prefix, languageId }: FilterContext): { readonly text: string; readonly open: Open } => {
		const cut = Math.max(0, prefix.length - window);
		const line = cut === 0 ? 0 : prefix.indexOf('\n', cut) + 1;
		const start = line === 0 ? cut : line;
		const open = languageId === 'python' ? openTriple(prefix.slice(0, start)) : '';
		return { text: prefix.slice(start), open };
	},
);

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
