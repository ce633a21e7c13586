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

/** Long lines are not compared: they are data. Short ones must be equal. UTF-16 units. */
const compared = { least: 20, most: 400 } as const;

/**
 * The same but for white space, quotes and the like, or for the `s` of one word. Lines in which another name, letter or tag
 * stands are a series.
 */
function isNear(a: string, b: string): boolean {
	const longer = Math.max(a.length, b.length);
	if (longer < compared.least || longer > compared.most) {
		return false;
	}
	const mine = parts(a);
	const theirs = parts(b);
	const different = mine.filter((part, at) => part !== theirs[at]);
	return mine.length === theirs.length && different.length <= 1 && mine.every((part, at) => isAlike(part, theirs[at]));
}

/** Words, and every mark but those that a formatter adds and takes away. */
function parts(line: string): readonly string[] {
	return line.match(/[\p{L}\p{N}\p{M}_$]+|[^\s\p{L}\p{N}\p{M}_$;,"'`]/gu) ?? [];
}

function isAlike(mine: string, theirs = ''): boolean {
	return mine === theirs || (hasWord(mine) && (mine === `${theirs}s` || `${mine}s` === theirs));
}
