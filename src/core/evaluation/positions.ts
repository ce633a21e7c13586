import { indentOf } from '../postprocess/lines';
import type { DocumentSnapshot } from '../text/documentSnapshot';
import { blockBelow, type LineInFile } from './blockBelow';
import { codeLines } from './codeLines';
import { isWorthHiding, lexemesOf } from './lexemes';
import { seededOrder } from './seededOrder';
import { languageGroup, type SourceFile } from './sourceFile';

/**
 * Where the cursor stands: `token` between two tokens of a line, `word` within an identifier, `start` behind the
 * indentation of a line, `block` behind the `{` or `:` that ends a line and opens a block.
 */
export const positionKinds = ['token', 'word', 'start', 'block'] as const;
export type PositionKind = (typeof positionKinds)[number];

/** A place in a real file and what is hidden there: the rest of the line, or the block. Offsets in UTF-16 units. */
export interface EvaluationPosition {
	readonly file: SourceFile;
	readonly kind: PositionKind;
	/** Where the cursor stands and the hidden text begins. */
	readonly offset: number;
	/** Behind the hidden text. */
	readonly end: number;
}

interface Candidate extends EvaluationPosition {
	/** Candidates with the smallest are taken. */
	readonly order: number;
}

/** Longer lines are data. */
const longestLine = 200;
/** The largest window that the editor passes on. UTF-16 units. */
const window = { before: 48_000, after: 16_000 } as const;

/** The text that was hidden at the position. */
export function hiddenText({ file, offset, end }: EvaluationPosition): string {
	return file.text.slice(offset, end);
}

/** The document as it was before the hidden text was typed. */
export function cursorDocument({ file, offset, end }: EvaluationPosition): DocumentSnapshot {
	const { uri, path, languageId, version, text } = file;
	const prefix = text.slice(Math.max(0, offset - window.before), offset);
	return { uri, path, languageId, version, prefix, suffix: text.slice(end, end + window.after) };
}

/** The text of the file before and after that window. */
export function beyondWindow({ file, offset, end }: EvaluationPosition): { before: string; after: string } {
	const { text } = file;
	return { before: text.slice(0, Math.max(0, offset - window.before)), after: text.slice(end + window.after) };
}

/**
 * Positions for each language, as many of each kind and each repository as there are, in the order of the files. The same
 * files and seed always give the same; a kind that a language lacks leaves its share open.
 */
export function choosePositions(
	files: readonly SourceFile[],
	{ perLanguage, seed }: { readonly perLanguage: number; readonly seed: number },
): readonly EvaluationPosition[] {
	const found = files.flatMap(file => candidatesOf(file, seed));
	const languages = [...new Set(files.map(file => languageGroup(file.languageId)))].sort();
	const chosen = languages.flatMap(language =>
		positionKinds.flatMap((kind, index) => {
			const own = found.filter(one => one.kind === kind && languageGroup(one.file.languageId) === language);
			const share = Math.floor((perLanguage + positionKinds.length - 1 - index) / positionKinds.length);
			return fromEachRepository(own, share);
		}),
	);
	return chosen.toSorted(byPlace).map(({ file, kind, offset, end }) => ({ file, kind, offset, end }));
}

/** Takes turns, so that a large repository does not decide alone. */
function fromEachRepository(candidates: readonly Candidate[], count: number): readonly Candidate[] {
	const queues = new Map<string, Candidate[]>();
	for (const candidate of candidates.toSorted((a, b) => a.order - b.order || byPlace(a, b))) {
		const queue = queues.get(candidate.file.repository);
		if (queue === undefined) {
			queues.set(candidate.file.repository, [candidate]);
		} else {
			queue.push(candidate);
		}
	}
	const names = [...queues.keys()].sort();
	const turns = Math.max(0, ...[...queues.values()].map(queue => queue.length));
	const inTurn = Array.from({ length: turns }, (_, turn) => names.map(name => queues.get(name)?.[turn]));
	return inTurn
		.flat()
		.filter(candidate => candidate !== undefined)
		.slice(0, count);
}

function byPlace(a: EvaluationPosition, b: EvaluationPosition): number {
	return compare(a.file.repository, b.file.repository) || compare(a.file.path, b.file.path) || a.offset - b.offset;
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/** At most one of each kind in a line. */
function candidatesOf(file: SourceFile, seed: number): readonly Candidate[] {
	const lines = file.text.split('\n');
	const isCode = codeLines(lines, file.languageId);
	const orderOf = seededOrder(seed, `${file.repository}/${file.path}`);
	const candidates: Candidate[] = [];
	let lineStart = 0;
	for (const [index, line] of lines.entries()) {
		const start = lineStart;
		lineStart += line.length + 1;
		if (isCode[index] !== true || line.length > longestLine) {
			continue;
		}
		for (const kind of positionKinds) {
			const places = placesOf(kind, { lines, index, languageId: file.languageId, isCode }).map(({ column, length }) => {
				const offset = start + column;
				const order = orderOf(offset * positionKinds.length + positionKinds.indexOf(kind));
				return { file, kind, offset, end: offset + length, order };
			});
			const first = places.toSorted((a, b) => a.order - b.order)[0];
			if (first !== undefined) {
				candidates.push(first);
			}
		}
	}
	return candidates;
}

interface Place {
	readonly column: number;
	/** Length of the hidden text. */
	readonly length: number;
}

function placesOf(kind: PositionKind, where: LineInFile): readonly Place[] {
	const line = where.lines[where.index] ?? '';
	if (kind === 'block') {
		const hidden = blockBelow(where);
		return hidden === undefined ? [] : [{ column: line.length, length: hidden.length }];
	}
	const columns = { start: startColumns, token: tokenColumns, word: wordColumns }[kind](line, where.index);
	return columns
		.filter(column => isWorthHiding(line.slice(column)))
		.map(column => ({ column, length: line.length - column }));
}

/** Not in the first line, where nothing comes before. */
function startColumns(line: string, index: number): readonly number[] {
	return index === 0 ? [] : [indentOf(line).length];
}

function tokenColumns(line: string): readonly number[] {
	const columns: number[] = [];
	let column = 0;
	for (const lexeme of lexemesOf(line)) {
		if (line.slice(0, column).trim() !== '') {
			columns.push(column);
		}
		column += lexeme.length;
	}
	return columns;
}

function wordColumns(line: string): readonly number[] {
	return [...line.matchAll(/[\p{L}_$][\p{L}\p{N}_$]{2,}/gu)].flatMap(({ index, 0: word }) =>
		Array.from({ length: word.length - 1 }, (_, at) => index + at + 1),
	);
}
