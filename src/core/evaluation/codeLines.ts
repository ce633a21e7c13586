/** Languages whose comments start with `#`; all others are read as C. */
const hashLanguages: ReadonlySet<string> = new Set(['python', 'ruby', 'shellscript', 'yaml', 'toml', 'perl', 'r']);

/**
 * One value per line: true for code, false for blank lines, comments and documentation strings. Told by how lines begin,
 * so text in a string of several lines may pass for code.
 */
export function codeLines(lines: readonly string[], languageId: string): readonly boolean[] {
	const scanner = hashLanguages.has(languageId) ? new HashComments() : new SlashComments();
	return lines.map(line => scanner.isCode(line.trim()) && line.trim() !== '');
}

class SlashComments {
	#isInside = false;

	isCode(line: string): boolean {
		if (this.#isInside) {
			this.#isInside = !line.includes('*/');
			return false;
		}
		if (line.startsWith('/*')) {
			this.#isInside = !line.includes('*/');
			return false;
		}
		return !line.startsWith('//');
	}
}

class HashComments {
	#quotes: string | undefined;

	isCode(line: string): boolean {
		if (this.#quotes !== undefined) {
			this.#quotes = line.includes(this.#quotes) ? undefined : this.#quotes;
			return false;
		}
		const quotes = /"""|'''/.exec(line)?.[0];
		if (quotes !== undefined && line.split(quotes).length % 2 === 0) {
			this.#quotes = quotes;
		}
		return !line.startsWith('#') && !/^[rRbBuU]?(?:"""|''')/.test(line);
	}
}
