import { linePrefix } from '../text/documentSnapshot';
import { opensBlock } from './blocks';
import type { Filter } from './filter';

/**
 * Blank lines that nobody wants. On a blank line the answer starts there, not further down; after a line that opens a
 * block it starts on the next line; elsewhere one blank line may stand between. Three blank lines in a row end the text:
 * a model that prints them has lost the thread.
 */
export const trimBlankLines: Filter = (candidate, context) => {
	const line = linePrefix(context);
	const text = candidate.text.replace(/\n(?:[ \t]*\n){3}[^]*$/, '');
	const most = opensBlock(line, context.languageId) ? 1 : 2;
	return { ...candidate, text: text.replace(/^(?:[ \t]*\n)+/, breaks => leadingBreaks(line, breaks, most)) };
};

function leadingBreaks(line: string, breaks: string, most: number): string {
	return line.trim() === '' ? '' : '\n'.repeat(Math.min(most, breaks.split('\n').length - 1));
}
