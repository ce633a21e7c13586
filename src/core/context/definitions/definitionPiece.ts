import type { OpenFile } from '../openFile';
import type { OfferedPiece } from '../rankPieces';
import { definitionText } from './definitionText';

/**
 * What the code at the cursor names by its name is worth more than what merely looks alike, whose score is seldom above 0.2. On
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
