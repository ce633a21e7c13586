/** The names by which VS Code tells that a file is written in a language: `contributes.languages` of an extension. */
export interface LanguageRule {
	readonly id: string;
	/** With their dot, such as `.py`. A name that ends in one of them matches. */
	readonly extensions: readonly string[];
	readonly filenames: readonly string[];
	/** Glob patterns. One with a slash is held against the path, any other against the file's name. */
	readonly filenamePatterns: readonly string[];
	/** A regular expression for the start of the first line; empty for none. It decides only where no name does. */
	readonly firstLine: string;
}

/** VS Code looks at no more of the first line than this. UTF-16 units. */
const longestFirstLine = 1000;

/**
 * The language that VS Code would give a file: by its whole name, else by the longest pattern, else by the longest
 * extension, else by its first line. Among equals the last rule wins. `plaintext` where nothing matches.
 * @param path with forward slashes.
 */
export function languageOfFile(rules: readonly LanguageRule[], path: string, firstLine = ''): string {
	const latestFirst = rules.toReversed();
	const wholePath = path.toLowerCase();
	const name = wholePath.slice(wholePath.lastIndexOf('/') + 1);
	return (
		latestFirst.find(({ filenames }) => filenames.some(filename => filename.toLowerCase() === name))?.id ??
		longestMatch(latestFirst, rule => rule.filenamePatterns.filter(pattern => isMatch(pattern, wholePath, name))) ??
		longestMatch(latestFirst, rule => rule.extensions.filter(extension => name.endsWith(extension.toLowerCase()))) ??
		byFirstLine(latestFirst, firstLine) ??
		'plaintext'
	);
}

function longestMatch(
	latestFirst: readonly LanguageRule[],
	matchesOf: (rule: LanguageRule) => readonly string[],
): string | undefined {
	const lengths = latestFirst.map(rule => Math.max(0, ...matchesOf(rule).map(match => match.length)));
	const longest = Math.max(0, ...lengths);
	return longest === 0 ? undefined : latestFirst[lengths.indexOf(longest)]?.id;
}

function isMatch(pattern: string, wholePath: string, name: string): boolean {
	return globExpression(pattern.toLowerCase()).test(pattern.includes('/') ? wholePath : name);
}

/** The globs of language tables have `*` within a folder and `**` across folders. */
function globExpression(glob: string): RegExp {
	const parts = glob.split(/(\*\*\/|\*)/).map(part => {
		if (part === '**/') {
			return '(?:.*/)?';
		}
		return part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
	});
	return new RegExp(`^${parts.join('')}$`);
}

function byFirstLine(latestFirst: readonly LanguageRule[], firstLine: string): string | undefined {
	const start = firstLine.slice(0, longestFirstLine);
	return latestFirst.find(rule => rule.firstLine !== '' && new RegExp(anchored(rule.firstLine)).test(start))?.id;
}

/** VS Code anchors by putting a caret in front, which holds for the first alternative only. */
function anchored(expression: string): string {
	return expression.startsWith('^') ? expression : `^${expression}`;
}
