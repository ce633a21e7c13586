import { linePrefix, lineSuffix } from '../text/documentSnapshot';
import type { Candidate, Filter, FilterContext } from './filter';
import { isSubsequence } from './keepUserText';
import { hasWord, indentOf } from './lines';
import { closes, isCloser, unmatchedClosers, type Mark } from './marks';
import { openHere } from './nearbyBrackets';
import { isQuote, scanMarks } from './scanMarks';

/** Fewer equal characters at the border of text and rest may be chance: `a` before `a = 1`. */
const shortestOverlap = 3;

/** A longer rest belongs to a minified or generated file: the text just stays in its line. */
const longestRest = 1000;

/** Languages in which a word may follow a closing bracket directly: `(int)x`. */
const castLanguages = /^(?:c|cpp|csharp|java|php|objective-c.*|go)$/;

/**
 * Makes text and rest of the line fit: what stands right of the cursor is neither written twice nor lost. Where the text
 * ends with it, the text is cut; where the text goes on beyond it, the item replaces it.
 */
export const overlapRestOfLine: Filter = (candidate, context) => {
	const rest = lineSuffix(context).trimEnd();
	if (rest === '') {
		return { ...candidate, replaceAfter: 0 };
	}
	if (rest.length > longestRest) {
		return { text: firstLine(candidate.text), replaceAfter: 0 };
	}
	return hasWord(rest) ? fitWords(candidate.text, rest, context) : fitPunctuation(candidate.text, rest, context);
};

/**
 * Real code to the right: the text stays in its line unless it writes that code again itself, and is nothing where its
 * closing bracket would run into a word.
 */
function fitWords(text: string, rest: string, context: FilterContext): Candidate {
	const fitted = fitCode(text, rest, context);
	const isGlued = fitted.text.endsWith(')') && fitted.replaceAfter === 0 && /^[\p{L}_$]/u.test(rest);
	return isGlued && !castLanguages.test(context.languageId) && openHere(context) === ''
		? { text: '', replaceAfter: 0 }
		: fitted;
}

function fitCode(text: string, rest: string, { languageId }: FilterContext): Candidate {
	const again = rest.trim();
	const at = again.length >= shortestOverlap ? text.indexOf(again) : -1;
	if (at !== -1) {
		return join(text, at, { rest, end: at + again.length });
	}
	const line = firstLine(text);
	for (let length = Math.min(again.length, line.length); length >= shortestOverlap; length--) {
		if (line.endsWith(again.slice(0, length))) {
			return cut(line, line.length - length);
		}
	}
	const theirs = unmatchedClosers(scanMarks(rest, languageId)).map(mark => mark.character);
	const closer = unmatchedClosers(scanMarks(line, languageId)).find(mark => theirs.includes(mark.character));
	return cut(line, closer?.index ?? line.length);
}

/** Closers and the like to the right: each is looked for in the text at the same nesting. */
function fitPunctuation(text: string, rest: string, context: FilterContext): Candidate {
	const before = linePrefix(context).slice(-longestRest);
	const quote = openHere(context);
	const inString = isQuote(quote) && rest.trimStart().startsWith(quote) ? quote : '';
	const wanted = scanMarks(rest, context.languageId, inString);
	const found = matchMarks(wanted, scanMarks(text, context.languageId, inString));
	const first = found[0];
	const last = found.at(-1);
	if (first === undefined || last === undefined) {
		const theirs = wanted.filter(({ kind }) => kind === 'close').map(({ character }) => character);
		const closer = unmatchedClosers(scanMarks(text, context.languageId, inString)).find(mark =>
			theirs.includes(mark.character),
		);
		return closer === undefined ? closeBelow(text, rest, before) : cut(text, closer.index);
	}
	const matched = rest.slice(0, endOf(wanted[found.length - 1] ?? last));
	const end = endOf(last);
	return join(found.length < wanted.length ? text.slice(0, end) : text, first.index, { rest: matched, end });
}

/** `{‸}` and a block that lacks its end: the closer that stands there goes below the block. */
function closeBelow(text: string, rest: string, before: string): Candidate {
	const isBlock = text.startsWith('\n') && text.trim() !== '' && closes(before.trimEnd().slice(-1)) === rest.charAt(0);
	return isBlock && isCloser(rest.charAt(0))
		? { text: `${text}\n${indentOf(before)}${rest}`, replaceAfter: rest.length }
		: { text, replaceAfter: 0 };
}

/** The longest run of `wanted` from its start that comes in `marks` in order. */
function matchMarks(wanted: readonly Mark[], marks: readonly Mark[]): readonly Mark[] {
	const found: Mark[] = [];
	let from = 0;
	for (const want of wanted) {
		const at = marks.findIndex(
			(mark, index) => index >= from && mark.character === want.character && mark.depth === want.depth,
		);
		const mark = marks[at];
		if (mark === undefined) {
			break;
		}
		found.push(mark);
		from = at + 1;
	}
	return found;
}

/** Text that has `rest` from `at` to `end`: cut where that is its end and in the cursor's line, else `rest` is replaced. */
function join(text: string, at: number, { rest, end }: { rest: string; end: number }): Candidate {
	const isInLine = !text.slice(0, at).includes('\n');
	const written = text.slice(at, end).replace(/\s/g, '');
	if (isInLine && text.slice(end).trim() === '' && written === rest.replace(/\s/g, '')) {
		return cut(text, at);
	}
	return isSubsequence(rest, text) ? { text, replaceAfter: rest.length } : cut(text, at);
}

function endOf({ index, character }: Mark): number {
	return index + character.length;
}

function cut(text: string, at: number): Candidate {
	return { text: text.slice(0, at).trimEnd(), replaceAfter: 0 };
}

function firstLine(text: string): string {
	return text.split('\n', 1)[0]?.trimEnd() ?? '';
}
