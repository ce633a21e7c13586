import { linePrefix } from '../text/documentSnapshot';
import { opensBlock } from './blocks';
import type { Filter, FilterContext } from './filter';
import { commonWidth, indentOf, indentUnit, linesAbove } from './lines';
import { inLevels, tabColumns } from './matchLevels';
import { openHere } from './nearbyBrackets';
import { isQuote } from './scanMarks';

/** Makes the text fit the place: no second indentation or space at the cursor, the file's tabs or spaces below it, each block one step deep. */
export const matchIndent: Filter = (candidate, context) => {
	const [first = '', ...rest] = candidate.text.split('\n');
	const fitted = fitFirstLine(first, context);
	const lines = takeBack(rest, linePrefix(context), first.slice(0, Math.max(0, first.length - fitted.length)));
	return { ...candidate, text: inLevels([fitted, ...fitLines(lines, context)], context).join('\n') };
};

/** What was too much in the first line is too much in those below which were indented like it. */
function takeBack(lines: readonly string[], before: string, excess: string): readonly string[] {
	const isAll = lines.every(line => line.trim() === '' || line.startsWith(before + excess));
	return excess === '' || before.trim() !== '' || !isAll
		? lines
		: lines.map(line => (line.trim() === '' ? line : line.slice(excess.length)));
}

function fitFirstLine(line: string, context: FilterContext): string {
	const before = linePrefix(context);
	if (before.trim() === '') {
		return before === '' ? fitLineStart(line, context) : fitIndented(line, before, context);
	}
	const isSpaced = /[ \t]$/.test(before) && !isQuote(openHere(context));
	return isSpaced ? line.replace(/^[ \t]+/, '') : line;
}

/** At the very start of a line the text brings its own indentation, in the file's unit. */
function fitLineStart(line: string, context: FilterContext): string {
	return fitLines([line], context)[0] ?? '';
}

/**
 * Behind white space the model often indents the line anew: that is taken off. It stays as far as it brings the line to
 * where the block that opens above wants it.
 */
function fitIndented(line: string, before: string, context: FilterContext): string {
	const indent = indentOf(line);
	const above = linesAbove(context.prefix)[0] ?? '';
	const wanted = indentOf(above) + (indentUnit(context.prefix, context.suffix, context.languageId) ?? '');
	const opens = opensBlock(above, context.languageId) && before.length < wanted.length;
	if (opens && (before + indent === wanted || indent === wanted)) {
		return wanted.slice(before.length) + line.slice(indent.length);
	}
	return line.slice(indent.length);
}

function fitLines(lines: readonly string[], { prefix, suffix, languageId }: FilterContext): readonly string[] {
	const unit = indentUnit(prefix, suffix, languageId);
	if (unit === undefined || languageId === 'makefile') {
		return lines;
	}
	const own = lines.filter(line => line.trim() !== '').map(indentOf);
	if (unit !== '\t') {
		return lines.map(line => indentOf(line).replaceAll('\t', unit) + line.slice(indentOf(line).length));
	}
	const width = spacesForTab(own.filter(indent => indent.startsWith(' ')).map(indent => indent.length));
	return lines.map(line => toTabs(line, width));
}

/** Where the widths have nothing in common, one of them is a slip. */
function spacesForTab(widths: readonly number[]): number {
	const width = commonWidth(widths);
	return widths.every(each => each % width === 0) ? width : tabColumns;
}

function toTabs(line: string, width: number): string {
	const indent = indentOf(line);
	if (!indent.startsWith(' ') || indent.includes('\t')) {
		return line;
	}
	const remainder = indent.length % width;
	return '\t'.repeat(Math.floor(indent.length / width)) + ' '.repeat(remainder) + line.slice(indent.length);
}
