import { opensBlock } from './blocks';
import { isCloser } from './marks';

/** A line that may be moved. */
export interface LevelLine {
	/** Without the white space before it. */
	readonly code: string;
	/** Of that white space, as it was written. */
	readonly columns: number;
	/** False within a string, a comment or round brackets: there the line only moves with the one before it. */
	readonly isStatement: boolean;
}

export interface LevelPlace {
	/** Columns of a step. */
	readonly unit: number;
	/** Columns that the file's own lines are deeper than the opener above them: these are right, whatever the unit. */
	readonly steps: ReadonlySet<number>;
	readonly languageId: string;
	/** Columns of the lines that the text is nested in, outermost first; the last is that of `above`. */
	readonly outer: readonly number[];
	/** What stands above the first line; '' for nothing. */
	readonly above: string;
}

/** Columns as they were written, and as they should be. */
interface Level {
	readonly said: number;
	readonly meant: number;
}

/** Languages in which a line stands as deep as the one above, unless that opens a block or is not at its end. */
const colonLanguages = /^(?:python|gdscript|nim|cython|starlark|snakemake)$/;
/** A colon at the end of a line: what it names stands below, one step deeper. */
const keyLanguages = /^(?:yaml|dockercompose)$/;
const entryLanguages = /^(?:json|jsonc|jsonl|geojson)$/;
/** The rest of what stands above. */
const goesOn = /^[.?:&|+*/=<>,-]/;

/**
 * Columns that the lines should have: a block one step deeper than what opens it, a line below a complete one as deep as that,
 * and nothing a column off. What may be the rest of the line above stays as it is.
 */
export function fitLevels(lines: readonly LevelLine[], place: LevelPlace): readonly number[] {
	let levels: readonly Level[] = place.outer.map(columns => ({ said: columns, meant: columns }));
	let above = place.above;
	let moved = 0;
	return lines.map(line => {
		if (!line.isStatement) {
			return Math.max(0, line.columns + moved);
		}
		levels = nested(line, { levels, above, place });
		const meant = levels.at(-1)?.meant ?? 0;
		moved = meant - line.columns;
		above = line.code;
		return meant;
	});
}

interface Nesting {
	readonly levels: readonly Level[];
	readonly above: string;
	readonly place: LevelPlace;
}

/** The levels with that of the line as the innermost one. */
function nested(line: LevelLine, nesting: Nesting): readonly Level[] {
	const { levels } = nesting;
	const said = line.columns;
	const top = levels.at(-1) ?? { said: 0, meant: 0 };
	if (said > top.said) {
		return [...levels, { said, meant: deeper(line, top, nesting) }];
	}
	const exact = levels.findLastIndex(level => level.said === said);
	const known = exact === -1 ? levels.findLastIndex(level => Math.abs(level.said - said) === 1) : exact;
	if (known !== -1 && isOff(said, known === exact, nesting)) {
		return levels.slice(0, known + 1);
	}
	const outer = levels.filter(level => level.said < said);
	const around = outer.at(-1) ?? { said: 0, meant: 0 };
	const inner = levels[outer.length]?.meant ?? Infinity;
	const meant = Math.min(inner, around.meant + said - around.said);
	// The lines around it were moved, so it may be a column off only now.
	const slip = [inner, around.meant].find(columns => Math.abs(columns - meant) === 1 && isOff(meant, false, nesting));
	return [...outer, { said, meant: slip ?? meant }];
}

/** A column beside a level is a slip only where no step leads there. */
function isOff(said: number, isExact: boolean, { place }: Nesting): boolean {
	return isExact || said % place.unit !== 0;
}

function deeper(line: LevelLine, top: Level, { above, place }: Nesting): number {
	if (isCloser(line.code.charAt(0))) {
		return top.meant;
	}
	const extra = extraColumns(line, top, place.unit);
	if (opensLevel(above, place.languageId)) {
		return top.meant + stepInto(above, extra, place);
	}
	const mayGoOn = place.outer.includes(line.columns) || goesOn.test(line.code) || !isComplete(above, place.languageId);
	const isSlip = extra === 1 && place.unit > 1;
	return top.meant + (mayGoOn && !isSlip ? extra : 0);
}

/** How much deeper a line is. Below one that was a slip, a whole step counts from where that should be. */
function extraColumns({ columns }: LevelLine, { said, meant }: Level, unit: number): number {
	const isStep = columns > meant && (columns - meant) % unit === 0;
	return (columns - said) % unit !== 0 && isStep ? columns - meant : columns - said;
}

export function opensLevel(line: string, languageId: string): boolean {
	const isKey = keyLanguages.test(languageId) && line.trimEnd().endsWith(':');
	return line !== '' && (isKey || opensBlock(line, languageId));
}

/** Behind a round or square bracket the lines may hang deeper, and a smaller step is somebody's style. */
function stepInto(opener: string, extra: number, { unit, languageId, steps }: LevelPlace): number {
	if (steps.has(extra)) {
		return extra;
	}
	const isPart = /[([]$/.test(opener.trimEnd()) || /^[?:|&]/.test(opener);
	const mayHang = isPart && !entryLanguages.test(languageId);
	return Math.abs(extra - unit) === 1 || (extra > unit && !mayHang) ? unit : extra;
}

/** Nothing of the line can stand below it. */
function isComplete(line: string, languageId: string): boolean {
	if (line === '' || entryLanguages.test(languageId)) {
		return true;
	}
	return colonLanguages.test(languageId) ? !/[\\,([{+*/%=<>&|-]\s*$/.test(line) : /[;}]\s*$/.test(line);
}
