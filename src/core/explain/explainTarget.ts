/** A place in a document, line and character from 0, as the editor counts. */
export interface Place {
	readonly line: number;
	readonly character: number;
}

export interface TextSpan {
	readonly start: Place;
	readonly end: Place;
}

/** A symbol as the editor's outline has it, flattened. Lines from 0, `lastLine` included. */
export interface EditorSymbol {
	readonly name: string;
	readonly kind: string;
	readonly firstLine: number;
	readonly lastLine: number;
	readonly nameAt: Place;
}

/** The document to explain from, read line by line so that a huge one costs no more than what is explained. */
export interface ExplainDocument {
	readonly uri: string;
	readonly path: string;
	readonly languageId: string;
	readonly lineCount: number;
	lineAt(line: number): string;
}

export interface ExplainTarget {
	/** Where `code` begins. Offsets in `code` count from here. */
	readonly start: Place;
	readonly code: string;
	/** From 0, the last line included. */
	readonly lastLine: number;
	readonly notes: readonly string[];
}

/** More than this is neither read by a person nor held by the context of a small model. */
const maxLines = 400;
const maxCharacters = 20_000;

const unitKinds = new Set(['function', 'method', 'constructor', 'class', 'interface', 'enum', 'struct']);

/**
 * What to explain: the selection, else the unit of code around the cursor, else the cursor's line.
 * Undefined when that is blank: there is nothing to explain.
 */
export function chooseTarget(
	document: ExplainDocument,
	selection: TextSpan,
	symbols: readonly EditorSymbol[],
): ExplainTarget | undefined {
	const { start, end } = selection;
	if (start.line === end.line && start.character === end.character) {
		return targetAtCursor(document, start.line, symbols);
	}
	if (start.line === end.line) {
		return fragmentTarget(document, selection);
	}
	// A selection that ends before the first character of a line does not mean that line.
	return linesTarget(document, start.line, end.character === 0 ? end.line - 1 : end.line, []);
}

/** The symbols around the lines, outermost first. */
export function enclosingSymbols(
	symbols: readonly EditorSymbol[],
	firstLine: number,
	lastLine: number,
): readonly EditorSymbol[] {
	return symbols
		.filter(symbol => symbol.firstLine <= firstLine && symbol.lastLine >= lastLine)
		.sort((a, b) => b.lastLine - b.firstLine - (a.lastLine - a.firstLine));
}

/** The place of an offset in the target's code. */
export function placeIn(target: Pick<ExplainTarget, 'start' | 'code'>, offset: number): Place {
	const before = target.code.slice(0, offset).split('\n');
	const character = before.at(-1)?.length ?? 0;
	const isFirst = before.length === 1;
	return {
		line: target.start.line + before.length - 1,
		character: isFirst ? target.start.character + character : character,
	};
}

function targetAtCursor(
	document: ExplainDocument,
	line: number,
	symbols: readonly EditorSymbol[],
): ExplainTarget | undefined {
	const around = enclosingSymbols(symbols, line, line);
	const unit = around.findLast(({ kind }) => unitKinds.has(kind)) ?? around.at(-1);
	if (unit === undefined) {
		return linesTarget(document, line, line, ['Nothing was selected, so this is about the line of the cursor.']);
	}
	const note = `Nothing was selected, so this is about the ${unit.kind} ${unit.name} around the cursor.`;
	return linesTarget(document, unit.firstLine, unit.lastLine, [note]);
}

/** Part of one line is taken as selected: whoever selects an expression means the expression. */
function fragmentTarget(document: ExplainDocument, { start, end }: TextSpan): ExplainTarget | undefined {
	if (start.line >= document.lineCount) {
		return undefined;
	}
	const whole = document.lineAt(start.line).slice(start.character, end.character);
	const code = whole.slice(0, maxCharacters);
	const notes = code.length < whole.length ? [cutNote(`${maxCharacters} characters`)] : [];
	return code.trim() === '' ? undefined : { start, code, lastLine: start.line, notes };
}

function linesTarget(
	document: ExplainDocument,
	firstLine: number,
	lastLine: number,
	notes: readonly string[],
): ExplainTarget | undefined {
	const end = Math.min(lastLine, document.lineCount - 1);
	const taken: string[] = [];
	let room = maxCharacters;
	let isCut = false;
	for (let line = firstLine; line <= end && taken.length < maxLines && room > 0; line++) {
		const text = document.lineAt(line);
		taken.push(text.slice(0, room));
		isCut = text.length > room;
		room -= text.length + 1;
	}
	const code = taken.join('\n');
	if (code.trim() === '') {
		return undefined;
	}
	const last = firstLine + taken.length - 1;
	return {
		start: { line: firstLine, character: 0 },
		code,
		lastLine: last,
		notes:
			isCut || last < end
				? [...notes, cutNote(taken.length === 1 ? `${code.length} characters` : `${taken.length} lines`)]
				: notes,
	};
}

function cutNote(kept: string): string {
	return `That is more than can be explained at once, so this is about the first ${kept} of it.`;
}
