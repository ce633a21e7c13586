/** Files outside these are stubs or data. UTF-16 units. */
const shortest = 200;
const longest = 150_000;
/** Minified code has longer lines; its mean tells it too. */
const longestLine = 600;
const longestMeanLine = 90;
/** Built and generated files say so, at the top or at the end. */
const marks = /sourceMappingURL=|__esModule|auto-?generated|@generated|do not edit/i;
const searched = 2000;

/** Text that somebody wrote, of a length that somebody edits: not minified, built or generated, as far as it tells. */
export function isHandWritten(text: string): boolean {
	if (text.length < shortest || text.length > longest) {
		return false;
	}
	const lines = text.split('\n');
	const isShort = text.length / lines.length <= longestMeanLine && lines.every(line => line.length <= longestLine);
	return isShort && !marks.test(text.slice(0, searched)) && !marks.test(text.slice(-searched));
}
