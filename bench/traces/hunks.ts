/** A change of lines that stand together. */
export interface Hunk {
	/** The line above it in the changed file, counted from 0; -1: it is at the top. */
	readonly line: number;
	/** Lines that went. */
	readonly removed: number;
	readonly added: readonly string[];
}

/** Reads what `git diff -U0` says about one file, top to bottom. */
export function hunksOf(diff: string): readonly Hunk[] {
	const [, ...parts] = diff.split(/^@@ /m);
	return parts.map(part => {
		const [, removed = '1', start = '0', count = '1'] = /^-\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(part) ?? [];
		const added = part.split('\n').flatMap(line => (line.startsWith('+') ? [line.slice(1)] : []));
		// Git names the line above where nothing was added, and the first added line where something was.
		return { line: Number(start) - (count === '0' ? 1 : 2), removed: Number(removed), added };
	});
}
