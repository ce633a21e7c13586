import { isProse, opensBlock } from '../postprocess/blocks';
import { hasWord, linesAbove } from '../postprocess/lines';
import { linePrefix, lineSuffix, type DocumentSnapshot } from '../text/documentSnapshot';

/**
 * How much to ask for. One line, unless the place invites a block:
 * - the setting `single`, prose, or real text right of the cursor: one line;
 * - a blank line: a block where it is indented or the line above opens one, else one line;
 * - the end of a line that opens a block (`{`, `=>`, `:` in Python, `do` in Ruby): a block, though not inside `${…}`, in
 *   the braces of an import, or between other brackets that are closed right there (`foo(‸)`, `= [‸]`);
 * - anything else: one line.
 */
export function chooseExtent(document: DocumentSnapshot, setting: 'auto' | 'single'): 'line' | 'block' {
	const rest = lineSuffix(document).trim();
	if (setting === 'single' || isProse(document.languageId) || hasWord(rest)) {
		return 'line';
	}
	const before = linePrefix(document);
	const isBlock =
		before.trim() === '' ? isInBlock(document, before, rest) : opensBlockHere(before, rest, document.languageId);
	return isBlock ? 'block' : 'line';
}

function isInBlock({ prefix, languageId }: DocumentSnapshot, before: string, rest: string): boolean {
	const above = linesAbove(prefix)[0];
	if (above === undefined) {
		return false;
	}
	return opensBlock(above, languageId) || (before !== '' && rest === '');
}

const importBraces = /^\s*(?:import|export)\b[^=(]*\{$/;

function opensBlockHere(before: string, rest: string, languageId: string): boolean {
	const code = before.trimEnd();
	if (!opensBlock(code, languageId) || code.endsWith('${') || importBraces.test(code)) {
		return false;
	}
	return rest === '' || (code.endsWith('{') && rest.startsWith('}') && /(?:[)\w>]|=>|=)\s*\{$/.test(code));
}
