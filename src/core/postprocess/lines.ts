/** A filter looks at no more of the document than this many UTF-16 units on either side: a screen or two of code. */
const window = 4000;

/** The lines before the cursor's line that hold something, nearest first. */
export function linesAbove(prefix: string): readonly string[] {
	const lines = prefix.slice(-window).split('\n').slice(0, -1);
	return lines.filter(line => line.trim() !== '').reverse();
}

/** The lines after the cursor's line that hold something, nearest first. */
export function linesBelow(suffix: string): readonly string[] {
	const lines = suffix.slice(0, window).split('\n').slice(1);
	return lines.filter(line => line.trim() !== '');
}

/** The white space that a line starts with. */
export function indentOf(line: string): string {
	return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** A line of brackets, semicolons and the like. Equal ones are no sign of repetition. */
export function hasWord(line: string): boolean {
	return /[\p{L}\p{N}_]/u.test(line);
}

/** Languages whose tools write tabs. A Makefile has its own rule, `withRecipeTabs`: only commands must begin with one. */
const tabLanguages = /^(?:go|go\.mod|go\.work)$/;

/**
 * What the file indents with: a tab, some number of spaces, or what its language wants where no line near the cursor is indented;
 * `undefined` where that may be anything.
 */
export function indentUnit(prefix: string, suffix: string, languageId = ''): string | undefined {
	const lines = [...linesAbove(prefix), ...linesBelow(suffix)];
	const indents = lines.map(indentOf).filter(indent => indent !== '');
	if (indents.length === 0) {
		return tabLanguages.test(languageId) ? '\t' : undefined;
	}
	if (indents.filter(indent => indent.startsWith('\t')).length * 2 >= indents.length) {
		return '\t';
	}
	const widths = indents.filter(indent => !indent.includes('\t')).map(indent => indent.length);
	return ' '.repeat(commonWidth(widths));
}

/** The largest of the usual widths that nearly all given widths are multiples of; a stray aligned line is forgiven. */
export function commonWidth(widths: readonly number[]): number {
	return [8, 4, 3, 2].find(unit => widths.filter(width => width % unit !== 0).length * 10 <= widths.length) ?? 2;
}

/** Columns of a line's indentation, with tabs of `tab` columns. */
export function columnsOf(line: string, tab: number): number {
	return Array.from(indentOf(line)).reduce((columns, each) => columns + (each === '\t' ? tab : 1), 0);
}
