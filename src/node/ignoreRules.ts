import ignore, { type Ignore } from 'ignore';

/** The text of a `.gitignore` or `.sottoignore`. */
export interface IgnoreFile {
	/** Folder of the file relative to the workspace folder, forward slashes; '' for the workspace folder itself. */
	readonly directory: string;
	readonly text: string;
}

export interface IgnoreRules {
	/** @param path relative to the workspace folder, with either kind of slash. Paths outside it are not ignored. */
	readonly ignores: (path: string) => boolean;
}

/** Lines and characters beyond these are not read: no hand has written them, and each line costs time for every path. */
const mostPatterns = 5000;
const longestFile = 500_000;
const longestPattern = 500;

/** A pattern with more of them takes a regular expression too long on a path made for it. */
const mostWildcards = 4;

/**
 * The rules of git for one workspace folder: files further down win over those further up, later lines over earlier ones,
 * and what lies in an ignored folder cannot be had back. Two differences, both so that a file is rather not read: case
 * does not matter, and nothing a file says takes back `extraPatterns`. Malformed lines are skipped.
 * @param files in any order; of one folder, later ones win.
 * @param extraPatterns lines as in `.gitignore`, relative to the workspace folder.
 */
export function createIgnoreRules(files: readonly IgnoreFile[], extraPatterns: readonly string[]): IgnoreRules {
	const depth = ({ directory }: IgnoreFile): number => partsOf(directory).length;
	const lines = files
		.toSorted((a, b) => depth(a) - depth(b))
		.flatMap(({ directory, text }) =>
			text
				.slice(0, longestFile)
				.split(/\r?\n/)
				.map(line => anchored(line, directory)),
		);
	const rules = [matcherOf(lines), matcherOf(extraPatterns)];
	return {
		ignores: path => {
			const parts = partsOf(path);
			const isInside = parts.length > 0 && !parts.includes('..') && !/^[A-Za-z]:$/.test(parts[0] ?? '');
			return isInside && rules.some(rule => rule.ignores(parts.join('/')));
		},
	};
}

function partsOf(path: string): readonly string[] {
	return path.split(/[\\/]+/).filter(part => part !== '' && part !== '.');
}

function matcherOf(lines: readonly string[]): Ignore {
	const patterns = lines.filter(line => line.trim() !== '' && !line.startsWith('#') && line.length <= longestPattern);
	return ignore().add(patterns.slice(0, mostPatterns).map(bounded).filter(isUsable));
}

/** A pattern with too many wildcards is widened: it ends with the last one allowed. A negative one ignores less: it goes. */
function bounded(line: string): string {
	const runs = [...line.matchAll(/\*+/g)];
	const last = runs[mostWildcards - 1];
	if (last === undefined || runs.length === mostWildcards) {
		return line;
	}
	return line.startsWith('!') ? '' : line.slice(0, last.index + last[0].length);
}

/** The library compiles a pattern when it first meets a path. */
function isUsable(line: string): boolean {
	try {
		ignore().add(line).ignores('a/b');
		return true;
	} catch {
		return false;
	}
}

/** Rewrites a line of a file in `directory` as one of the workspace folder. */
function anchored(line: string, directory: string): string {
	const folder = partsOf(directory)
		.map(part => part.replace(/[\\*?[\]!#\s]/g, '\\$&'))
		.join('/');
	const text = line.replace(/^\ufeff/, '');
	if (folder === '' || text.trim() === '' || text.startsWith('#')) {
		return text;
	}
	const negation = text.startsWith('!') ? '!' : '';
	const pattern = text.slice(negation.length).replace(/^\\(?=[!#])/, '');
	const isAnchored = /\/(?=.*\S)/.test(pattern.trimEnd().replace(/\/$/, ''));
	return `${negation}/${folder}/${isAnchored ? pattern.replace(/^\//, '') : `**/${pattern}`}`;
}
