const rule = /^[^\s:=#][^=]*:(?!=)/;

/** The lines of a Makefile below a rule or a command are commands, which begin with a tab and nothing else. */
export function withRecipeTabs(lines: readonly string[], above: string): readonly string[] {
	let before = above;
	return lines.map(line => {
		const isCommand =
			/^[ \t]+\S/.test(line) && !before.endsWith('\\') && (before.startsWith('\t') || rule.test(before));
		const fitted = isCommand ? `\t${line.trimStart()}` : line;
		before = fitted.trim() === '' ? before : fitted;
		return fitted;
	});
}
