import { linePrefix } from '../text/documentSnapshot';
import type { Filter } from './filter';
import { hasWord, linesAbove } from './lines';

/** A line that stands this often in a row is a loop of the model; a pair of lines likewise. Three or four lines: twice. */
const repeatsThatLoop = [3, 3, 2, 2] as const;

/** Ends the text where the model starts to loop: within a line, over lines, or by writing the lines above once more. */
export const cutRepetition: Filter = (candidate, context) => {
	const text = cutRepeatedLines(cutRepeatedPhrase(candidate.text));
	const before = linePrefix(context);
	const lines = (before + text).split('\n');
	const above = linesAbove(context.prefix);
	if (repeatsAbove(lines, above) || (before.trim() === '' && isLineAbove(lines, above))) {
		return undefined;
	}
	return { ...candidate, text };
};

/** `a.b.b.b.b.b` → `a.b`: two or more characters with a letter, five times in a row. `0x00000000` is no loop. */
function cutRepeatedPhrase(text: string): string {
	return text
		.split('\n')
		.map(line => {
			const match = /(?=(\P{L}{0,20}\p{L}[^]{1,39}?)\1{4})/u.exec(line);
			return match === null ? line : line.slice(0, match.index + (match[1] ?? '').length);
		})
		.join('\n');
}

function cutRepeatedLines(text: string): string {
	const lines = text.split('\n');
	for (let start = 0; start < lines.length; start++) {
		for (const [index, times] of repeatsThatLoop.entries()) {
			if (isLoop(lines, start, { period: index + 1, times })) {
				return lines.slice(0, start + index + 1).join('\n');
			}
		}
	}
	return text;
}

function isLoop(lines: readonly string[], start: number, loop: { period: number; times: number }): boolean {
	const block = lines.slice(start, start + loop.period * loop.times);
	return (
		block.length === loop.period * loop.times &&
		block.every((line, index) => line.trim() === block[index % loop.period]?.trim()) &&
		block.some(hasWord)
	);
}

/** The first two lines or more are the last ones above, or the line above comes twice. */
function repeatsAbove(lines: readonly string[], above: readonly string[]): boolean {
	const written = lines.map(line => line.trim()).filter(line => line !== '');
	const isCopyOf = (count: number): boolean =>
		written.length >= count &&
		above.length >= count &&
		written.slice(0, count).some(hasWord) &&
		written.slice(0, count).every((line, index) => line === above[count - 1 - index]?.trim());
	const nearest = above[0]?.trim() ?? '';
	return (
		[2, 3, 4, 5, 6].some(isCopyOf) ||
		(hasWord(nearest) && written[0] === nearest && written.filter(line => line === nearest).length >= 2)
	);
}

/** Shorter lines (`null,`, `break;`) do follow one another in real code. */
const shortestCopiedLine = 10;

function isLineAbove(lines: readonly string[], above: readonly string[]): boolean {
	const line = lines[0]?.trim() ?? '';
	return line.length >= shortestCopiedLine && hasWord(line) && line === above[0]?.trim();
}
