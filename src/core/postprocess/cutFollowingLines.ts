import { linePrefix, lineSuffix } from '../text/documentSnapshot';
import type { Filter } from './filter';
import { hasWord, indentOf, linesBelow } from './lines';

/** Ends the text where it starts to write what already stands below the cursor, exactly or nearly. */
export const cutFollowingLines: Filter = (candidate, context) => {
	const next = linesBelow(context.suffix)[0];
	if (next === undefined) {
		return candidate;
	}
	const isWholeLine = lineSuffix(context).trim() === '';
	const [first = '', ...more] = candidate.text.split('\n');
	if (isWholeLine && first.trim() !== '' && isSame(linePrefix(context) + first, next)) {
		return undefined;
	}
	const at = more.findIndex(line => isSame(line, next));
	return at === -1 ? candidate : { ...candidate, text: [first, ...more.slice(0, at)].join('\n') };
};

/** Lines of closers must be indented alike: the next `}` may close another block. `})` already stands in `});`. */
function isSame(line: string, next: string): boolean {
	const mine = line.trim();
	const theirs = next.trim();
	if (!hasWord(mine)) {
		return mine !== '' && theirs.startsWith(mine) && !hasWord(theirs) && indentOf(line) === indentOf(next);
	}
	// A closing tag closes its block only where the block begins, as a bracket does.
	const isTag = /^<\/[\w.:-]+>$/.test(mine);
	return mine === theirs ? !isTag || indentOf(line) === indentOf(next) : isNear(mine, theirs);
}

/** Long lines are not compared: they are data. Short ones must be equal: `case 1:` is not `case 2:`. */
const longestCompared = 400;
const shareThatMayDiffer = 0.05;

function isNear(a: string, b: string): boolean {
	const longer = Math.max(a.length, b.length);
	const allowed = Math.floor(longer * shareThatMayDiffer);
	if (allowed === 0 || longer > longestCompared || Math.abs(a.length - b.length) > allowed) {
		return false;
	}
	const digits = /\d/g;
	const isNumbered = a.replace(digits, '') === b.replace(digits, '');
	return !isNumbered && distance(a, b) <= allowed;
}

/** Levenshtein distance. */
export function distance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const replaced = (row[j - 1] ?? 0) + (a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1);
			next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
		}
		row = next;
	}
	return row[b.length] ?? 0;
}
