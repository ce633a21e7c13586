import { linePrefix } from '../text/documentSnapshot';
import { isProse } from '../text/proseLanguages';
import type { Filter, FilterContext } from './filter';
import { linesAbove } from './lines';
import { closes, unmatchedClosers } from './marks';
import { openersAbove, openHere } from './nearbyBrackets';
import { scanMarks } from './scanMarks';

/** Languages in which a statement ends with a semicolon and none begins with a dot. */
const semicolonLanguages = /^(?:c|cpp|csharp|java|php|objective-c|(?:java|type)script(?:react)?)$/;
/** Nothing that stands alone begins so. */
const goesOn = /^(?:,|\.[\p{L}_]|&&\s|\|\|\s|[=!]=|=(?!=)\s)/u;

/** Shows nothing where the text is the rest of an expression that nobody began: `name, value)` on a line of its own. */
export const dropFragment: Filter = (candidate, context) => {
	const isAtStart = linePrefix(context).trim() === '' && openHere(context) === '' && !isProse(context.languageId);
	const text = candidate.text.trimStart();
	return isAtStart && (closesNothing(text, context) || continuesNothing(text, context)) ? undefined : candidate;
};

/** The first line closes a round or square bracket that is not open, and no statement stands before it. */
function closesNothing(text: string, context: FilterContext): boolean {
	const [line = '', next = ''] = text.split('\n');
	const openers = [...openersAbove(context)];
	const closers = unmatchedClosers(scanMarks(line, context.languageId));
	const wrong = closers.find(closer => closes(openers.pop()?.character ?? '') !== closer.character);
	if (wrong === undefined || !/[)\]]/.test(wrong.character) || line.slice(0, wrong.index).trim() === '') {
		return false;
	}
	return !isStatement(line.slice(0, wrong.index), context) || goesBeyond(line.slice(wrong.index), next);
}

const beginsStatement = /^\s*(?:return|await|yield|throw|raise|del|delete|assert|print|echo|import|use)\b/;

/** Calls something, assigns something or begins with the word of a statement, and is no list. */
function isStatement(code: string, { languageId }: FilterContext): boolean {
	const trimmed = code.trim();
	const marks = scanMarks(trimmed, languageId);
	const isList = marks.some(mark => mark.depth === 0 && mark.character === ',');
	const isAssignment = /[^=!<>]=(?!=)/.test(trimmed) && !/;./.test(trimmed);
	return !isList && (trimmed.endsWith(')') || trimmed.endsWith(';') || isAssignment || beginsStatement.test(trimmed));
}

/** `) {`: the head of something, whose beginning is missing. */
function goesBeyond(rest: string, next: string): boolean {
	return !/^[)\]};,\s]*$/.test(rest) || next.trim() === '{';
}

/** Begins with an operator, below a statement that has ended. */
function continuesNothing(text: string, context: FilterContext): boolean {
	const above = linesAbove(context.prefix)[0]?.trimEnd() ?? '';
	return semicolonLanguages.test(context.languageId) && /[;{]$/.test(above) && goesOn.test(text);
}
