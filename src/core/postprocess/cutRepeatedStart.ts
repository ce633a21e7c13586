import { linePrefix, lineSuffix } from '../text/documentSnapshot';
import { imbalanceWith } from './balance';
import type { Filter, FilterContext } from './filter';
import { openHere, textAfter, textBefore } from './nearbyBrackets';

/** A part of the line is compared from here on only. UTF-16 units. */
const mostCompared = 400;

/**
 * Takes off what the text repeats of the line left of the cursor: all of it, an assignment or a call in it, or the half of a word.
 * In doubt the text stays: calls may be nested (`max(max(`), and lists hold the same thing twice (`0, 0,`).
 */
export const cutRepeatedStart: Filter = (candidate, context) => {
	const before = linePrefix(context).trimStart().slice(-mostCompared);
	const text = candidate.text.trimStart();
	const isInLine = !candidate.text.slice(0, candidate.text.length - text.length).includes('\n');
	if (before === '' || text === '' || !isInLine || openHere(context) !== '') {
		return candidate;
	}
	const isApart = text !== candidate.text;
	const repeated = startsOf(before).find(
		part => text.startsWith(part) && isRepeated({ part, before, text, isApart }, context),
	);
	return repeated === undefined ? candidate : { ...candidate, text: text.slice(repeated.length) };
};

/** The ends of the line that begin where a word or a mark does, longest first, and the same without white space at their end. */
function startsOf(before: string): readonly string[] {
	const starts = [...before.matchAll(/[\p{L}\p{N}\p{M}_$]+|[^\s\p{L}\p{N}\p{M}_$]/gu)].map(({ index }) =>
		before.slice(index),
	);
	return starts.flatMap(part => (part.trimEnd() === part ? [part] : [part, part.trimEnd()]));
}

interface Repeat {
	/** What stands left of the cursor and comes again. */
	readonly part: string;
	readonly before: string;
	readonly text: string;
	/** The text begins with white space. */
	readonly isApart: boolean;
}

const word = /^[\p{L}_$][\p{L}\p{N}\p{M}_$]*$/u;
const wordCharacter = /[\p{L}\p{N}\p{M}_$]/u;

function isRepeated(repeat: Repeat, context: FilterContext): boolean {
	const { part, before } = repeat;
	const end = part.trimEnd();
	if (isStatementTwice(repeat, context)) {
		return true;
	}
	if (word.test(part)) {
		return isHalfWord(repeat, context);
	}
	if (!/\p{L}/u.test(end) || isChain(end)) {
		return false;
	}
	const balance = comparedBalance(repeat, context);
	if (/[([{]$/.test(end)) {
		return balance > 0;
	}
	const isAll = before === part || before.trimEnd() === part;
	return balance >= 0 && (isAll || /[^=!<>]=$/.test(end) || /[.]$|[.][\p{L}_$][\p{L}\p{N}_$]*$/u.test(end));
}

/** Begins a statement: two of them never follow one another in a line. */
const statement =
	/^(?:return|import|export|from|const|let|var|val|def|class|function|fn|func|public|private|protected|static|if|while|for|switch|throw|raise|yield|struct|enum|interface|type|package|using|use|#include)\b/;

/** Words of SQL that begin a part of a statement. */
const clause =
	/^(?:select|from|where|(?:(?:inner|outer|left|right|cross)\s+)*join|on|group\s+by|order\s+by|having|limit|insert\s+into|values|update|set|create\s+\w+|alter\s+\w+|drop\s+\w+)$/i;

function isStatementTwice({ part, before, text }: Repeat, { languageId }: FilterContext): boolean {
	const end = part.trimEnd();
	const isAlone = part !== end || part === before.trimEnd() || /\s$/.test(before);
	const isWhole = part !== text && !wordCharacter.test(text.charAt(end.length));
	const isStatement = word.test(end) && statement.test(text);
	return isAlone && isWhole && (isStatement || (languageId === 'sql' && clause.test(end)));
}

/** Shorter words may well stand twice in one (`haha`). */
const shortestTwice = 3;

/** The whole word again, right behind itself. */
function isTwice({ part, text, isApart }: Repeat): boolean {
	return !isApart && part.length >= shortestTwice && text.slice(part.length).trim() !== '';
}

/** A third time: then nobody can tell how often it is meant. */
function isSeries({ part, text }: Repeat): boolean {
	return text.slice(part.length).trimStart().startsWith(part);
}

/** `lo‸` and `log(x)`: the word goes on. `to‸` and `total` are one word only where the file has no `tototal`. */
function isHalfWord(repeat: Repeat, context: FilterContext): boolean {
	const { part, before, text } = repeat;
	const isWord = part.length > 1 && !wordCharacter.test(before.charAt(before.length - part.length - 1));
	const goesOn = wordCharacter.test(text.charAt(part.length));
	if (!isWord || !(goesOn || isTwice(repeat)) || isSeries(repeat) || /\s$/.test(linePrefix(context))) {
		return false;
	}
	const whole = part + (/^[\p{L}\p{N}\p{M}_$]+/u.exec(text)?.[0] ?? '');
	return !textBefore(context).text.includes(whole) && !textAfter(context).includes(whole);
}

/** Behind a comma or an operator the same thing may well come again. */
function isChain(part: string): boolean {
	return /[,+*/%&|^<>?-]$/.test(part) && !/=>$|->$/.test(part);
}

/** Above 0: the brackets are better without the repetition. Below: worse. */
function comparedBalance({ part, text }: Repeat, context: FilterContext): number {
	const rest = lineSuffix(context);
	const wrong = (line: string): number => {
		const here = { ...context, suffix: rest };
		const { closers, openers } = imbalanceWith({ text: line, replaceAfter: 0 }, here);
		return closers + openers;
	};
	const first = text.split('\n', 1)[0] ?? '';
	return wrong(first) - wrong(first.slice(part.length));
}
