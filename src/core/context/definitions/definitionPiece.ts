import type { OpenFile } from '../openFile';
import type { OfferedPiece } from '../rankPieces';
import { definitionText } from './definitionText';

/**
 * Scores of definitions that the code at the cursor names. They beat similar text, whose score is seldom above 0.2. On
 * the scale of `RankedPiece.score`.
 */
const named = 0.25;
const imported = 0.35;

/** The definition that begins in a line of a file as a piece; `undefined` where there is nothing worth showing. */
export function definitionPiece(
	file: Omit<OpenFile, 'text'>,
	lines: readonly string[],
	line: number,
	isImported: boolean,
): OfferedPiece | undefined {
	const found = definitionText(lines, line);
	const { uri, path, version } = file;
	return found && { ...found, source: 'definitions', uri, path, version, score: isImported ? imported : named };
}
