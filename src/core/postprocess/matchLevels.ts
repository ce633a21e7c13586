import { linePrefix } from '../text/documentSnapshot';
import { isProse } from '../text/proseLanguages';
import type { FilterContext } from './filter';
import { fitLevels, opensLevel, type LevelLine } from './levels';
import { columnsOf, indentOf, indentUnit, linesAbove, linesBelow } from './lines';
import { unmatchedOpeners } from './marks';
import { isOpenBracket, openersAbove, openHere } from './nearbyBrackets';
import { withRecipeTabs } from './recipes';
import { scanCode, scanMarks } from './scanMarks';

/** Of a tab, where columns are compared. */
export const tabColumns = 4;

/** Languages in which lines are aligned with words above them, or the columns mean something else. */
const aligned =
	/^(?:haskell|elm|purescript|fsharp|ocaml|clojure|scheme|lisp|racket|commonlisp|emacs-lisp|sql|cobol|fortran.*|asm.*|diff)$/;

/** The lines of a text at the depth of the blocks that they are in, see `fitLevels`. The first one begins at the cursor. */
export function inLevels(lines: readonly string[], context: FilterContext): readonly string[] {
	const { languageId, prefix } = context;
	const above = linesAbove(prefix);
	const before = linePrefix(context);
	if (languageId === 'makefile') {
		const [first = '', ...rest] = lines;
		return before === ''
			? withRecipeTabs(lines, above[0] ?? '')
			: [first, ...withRecipeTabs(rest, before.trim() === '' ? `\t${first}` : before + first)];
	}
	const unit = indentUnit(prefix, context.suffix, languageId);
	const isLeft =
		isProse(languageId) || aligned.test(languageId) || openHere(context) !== '' || isAligned(context, unit);
	return isLeft ? lines : levelled(lines, unit, context);
}

/** Inside round brackets that go on from the line above, or in a file whose own lines follow no unit. */
function isAligned(context: FilterContext, unit: string | undefined): boolean {
	const isJson = context.languageId.startsWith('json');
	const inner = openersAbove(context).at(-1)?.character ?? '{';
	const last = (linePrefix(context).trim() === '' ? linesAbove(context.prefix)[0] : linePrefix(context)) ?? '';
	const isInside = !isJson && inner !== '{' && !/[([]$/.test(last.trimEnd());
	const indents = linesAround(context).map(indentOf);
	const off = unit === undefined || unit === '\t' ? [] : indents.filter(each => each.length % unit.length !== 0);
	return isInside || (!isJson && isHanging(context)) || off.length * 10 > indents.length;
}

/** Behind a bracket in the cursor's line that something follows: what comes below is aligned with that. */
function isHanging(context: FilterContext): boolean {
	const before = linePrefix(context);
	const opener = unmatchedOpeners(scanMarks(before, context.languageId)).filter(isOpenBracket).at(-1);
	return opener !== undefined && before.slice(opener.index + 1).trim() !== '';
}

/** In their order, without those that go on with a comment: these stand a column beside it. */
function linesAround({ prefix, suffix }: FilterContext): readonly string[] {
	const lines = [...linesAbove(prefix).toReversed(), ...linesBelow(suffix)];
	return lines.filter(line => !/^\s*\*/.test(line));
}

function levelled(lines: readonly string[], unit: string | undefined, context: FilterContext): readonly string[] {
	const before = linePrefix(context);
	const above = linesAbove(context.prefix);
	const [first = ''] = lines;
	// At the start of a line the first one may be moved, too.
	const fixed = before === '' && first.trim() !== '' ? 0 : 1;
	const moved = lines.slice(fixed);
	const parsed = parsedLines(moved, { fixed, first, context });
	const base = fixed === 0 || (before + first).trim() === '' ? (above[0] ?? '') : before + first;
	const place = {
		unit: unit === '\t' ? tabColumns : (knownStep(unit, context) ?? assumedUnit(parsed, base)),
		steps: stepsAround(context),
		languageId: context.languageId,
		outer: outerColumns(base, above),
		above: base.trim(),
	};
	const columns = fitLevels(
		parsed.filter(({ code }) => code !== ''),
		place,
	);
	let at = 0;
	const fitted = moved.map(line => (line.trim() === '' ? line : withColumns(line, columns[at++] ?? 0, unit)));
	return [...lines.slice(0, fixed), ...fitted];
}

function parsedLines(
	moved: readonly string[],
	{ fixed, first, context }: { readonly fixed: number; readonly first: string; readonly context: FilterContext },
): readonly LevelLine[] {
	const start = fixed === 0 ? '' : `${first}\n`;
	return moved.map((line, index) => {
		const { marks, open } = scanCode(
			start +
				moved
					.slice(0, index)
					.map(each => `${each}\n`)
					.join(''),
			context.languageId,
		);
		const inner = unmatchedOpeners(marks).filter(isOpenBracket).at(-1)?.character ?? '{';
		const isStatement = open === '' && (inner === '{' || context.languageId.startsWith('json'));
		return { code: line.trim(), columns: columnsOf(line, tabColumns), isStatement };
	});
}

/** Of the line and of those above that it is nested in, outermost first. */
function outerColumns(base: string, above: readonly string[]): readonly number[] {
	const outer = [columnsOf(base, tabColumns)];
	for (const line of above) {
		const columns = columnsOf(line, tabColumns);
		if (columns < (outer[0] ?? 0)) {
			outer.unshift(columns);
		}
	}
	return outer[0] === 0 ? outer : [0, ...outer];
}

/** A unit that a line around the cursor is indented by, or a step between two of them; others are multiples of who knows what. */
function knownStep(unit: string | undefined, context: FilterContext): number | undefined {
	const widths = linesAround(context).map(line => indentOf(line).length);
	const width = unit?.length ?? 0;
	const isKnown = widths.some((each, at) => each === width || each - (widths[at - 1] ?? each) === width);
	return isKnown && width > 0 ? width : undefined;
}

function stepsAround(context: FilterContext): ReadonlySet<number> {
	const sides = [linesAbove(context.prefix).toReversed(), linesBelow(context.suffix)];
	const steps = sides.flatMap(lines =>
		lines.slice(1).flatMap((line, at) => {
			const opener = lines[at] ?? '';
			const step = columnsOf(line, tabColumns) - columnsOf(opener, tabColumns);
			return step > 1 && opensLevel(opener.trim(), context.languageId) ? [step] : [];
		}),
	);
	return new Set(steps);
}

/** Where no unit is known: the text's own first step, if anybody uses that. */
function assumedUnit(lines: readonly LevelLine[], base: string): number {
	const step = lines.find(({ columns }) => columns > 0)?.columns ?? 0;
	const own = step - columnsOf(base, tabColumns);
	return own === 2 || own === 3 || own === 8 ? own : tabColumns;
}

function withColumns(line: string, columns: number, unit: string | undefined): string {
	if (columns === columnsOf(line, tabColumns)) {
		return line;
	}
	const tabs = unit === '\t' || (unit === undefined && line.startsWith('\t')) ? Math.floor(columns / tabColumns) : 0;
	return '\t'.repeat(tabs) + ' '.repeat(columns - tabs * tabColumns) + line.trimStart();
}
