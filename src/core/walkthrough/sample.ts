/** Stands for the cursor in the text below. */
const cursor = '‸';

const gap = `function subtract(a: Point, b: Point): Point {
	return${cursor}
}`;

const explained = `function chunk<T>(items: readonly T[], size: number): T[][] {
	const chunks: T[][] = [];
	for (let start = 0; start < items.length; start += size) {
		chunks.push(items.slice(start, start + size));
	}
	return chunks;
}`;

/** The language of the sample, as VS Code names it. */
export const sampleLanguage = 'typescript';

/**
 * The file that the walkthrough opens: a place where even a small model that reads from left to right suggests the right
 * line, and a function that is worth an explanation.
 */
export const sampleText = `// Try Sotto in this file, then close it without saving.

interface Point {
	x: number;
	y: number;
}

function add(a: Point, b: Point): Point {
	return { x: a.x + b.x, y: a.y + b.y };
}

// 1. The cursor is behind "return". The grey text is a suggestion.
//    Tab accepts it. Esc dismisses it.
${gap.replace(cursor, '')}

// 2. Select this function, then run "Sotto: Explain Selection".
${explained}
`;

/** A suggestion at the cursor, or a selection to explain. */
export type SampleStep = 'suggest' | 'explain';

/** Where the cursor or the selection of a step goes, in UTF-16 offsets; `undefined` where the user has changed that code. */
export function placeInSample(
	text: string,
	step: SampleStep,
): { readonly start: number; readonly end: number } | undefined {
	const code = step === 'suggest' ? gap.replace(cursor, '') : explained;
	const at = text.indexOf(code);
	if (at === -1) {
		return undefined;
	}
	const start = step === 'suggest' ? at + gap.indexOf(cursor) : at;
	return { start, end: step === 'suggest' ? start : at + code.length };
}
