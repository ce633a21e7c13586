import { isCloser, unmatchedClosers } from '../postprocess/marks';
import { isQuote, openAtEnd, scanMarks } from '../postprocess/scanMarks';

/**
 * The closers that an editor with auto-closing has inserted right of the cursor, where the author went on to write
 * `hidden`: the quote that is open, and the brackets of the line that the rest of it closes, in that order.
 * @param before text of the line before the cursor.
 */
export function autoClosed(before: string, hidden: string, languageId: string): string {
	const rest = hidden.split('\n', 1)[0] ?? '';
	const open = openAtEnd(before, languageId);
	const quote = isQuote(open) ? open : '';
	const marks = scanMarks(rest, languageId, quote);
	const isQuoted = quote !== '' && marks[0]?.character === quote && marks[0].kind === 'close';
	const brackets = unmatchedClosers(marks).filter(({ character }) => isCloser(character));
	return (isQuoted ? quote : '') + brackets.map(({ character }) => character).join('');
}
