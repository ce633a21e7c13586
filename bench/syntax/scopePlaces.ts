import { choosePositions, hiddenText } from '../../src/core/evaluation/positions';
import type { SourceFile } from '../../src/core/evaluation/sourceFile';
import { indentOf } from '../../src/core/postprocess/lines';

/** A cursor before, in or at the start of a block, and what the author wrote to its end. */
export interface ScopePlace {
	readonly file: SourceFile;
	/** Behind the opener, on an empty line below it, or on one behind the block's first statement. */
	readonly situation: 'opener' | 'first line' | 'in the block';
	readonly prefix: string;
	/** Begins with the block's closing line, where it has one. */
	readonly suffix: string;
	readonly hidden: string;
}

export function scopePlaces(files: readonly SourceFile[], perLanguage: number): readonly ScopePlace[] {
	// A quarter of all positions is at an opener.
	const positions = choosePositions(files, { perLanguage: 4 * perLanguage, seed: 7 });
	return positions
		.filter(({ kind }) => kind === 'block')
		.flatMap((position): readonly ScopePlace[] => {
			const { file, offset, end } = position;
			const place = (situation: ScopePlace['situation'], length: number): ScopePlace => ({
				...{ file, situation, suffix: file.text.slice(end) },
				prefix: file.text.slice(0, offset + length),
				hidden: file.text.slice(offset + length, end),
			});
			const { first, second } = statements(hiddenText(position));
			const places = [place('opener', 0), place('first line', first)];
			return second === undefined ? places : [...places, place('in the block', second)];
		});
}

/** Where the block's first two statements begin, behind their indentation. */
function statements(block: string): { readonly first: number; readonly second: number | undefined } {
	const [, ...lines] = block.split('\n');
	const indent = indentOf(lines[0] ?? '');
	const next = lines.findIndex((line, index) => index > 0 && indentOf(line) === indent && /^\s*[\w@]/.test(line));
	const second = next === -1 ? undefined : 1 + lines.slice(0, next).join('\n').length + 1 + indent.length;
	return { first: 1 + indent.length, second };
}
