/** Width of a tab when indentations are compared. Lines of one file are compared with each other, so any value does. */
const tabWidth = 4;

/** Columns of white space at the start of a line. */
export function indentation(line: string): number {
	let columns = 0;
	for (const character of line) {
		if (character === ' ') {
			columns++;
		} else if (character === '\t') {
			columns += tabWidth;
		} else {
			break;
		}
	}
	return columns;
}

/** The line only closes what was opened above it: `}`, `});`, `</div>`, `end`. */
export function isCloser(line: string): boolean {
	return /^\s*(?:[)\]}]|<\/|end\b)/.test(line);
}

/** The line ends by opening a block, which the lines after it fill. */
export function opensBlock(line: string): boolean {
	return /(?:[{([:]|=>|->|\b(?:then|do|else|begin))\s*$/.test(line);
}

/** A letter or a digit: something that could be wrong, unlike a bracket. */
export function hasWord(text: string): boolean {
	return /[\p{L}\p{N}]/u.test(text);
}

/** The text without white-space-only lines at its end. */
export function dropBlankEnd(text: string): string {
	return text.replace(/\s*\n\s*$/, '');
}

/** The first line after the cursor's own that has something on it, without trailing white space. */
export function firstLineBelow(suffix: string): string | undefined {
	const end = suffix.indexOf('\n');
	return end === -1 ? undefined : /^[^\S\n]*\S.*$/m.exec(suffix.slice(end + 1))?.[0].trimEnd();
}
