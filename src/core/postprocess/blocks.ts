import { commentSyntax } from '../text/commentSyntax';

/** Languages in which `:` at the end of a line opens a block. */
const colonLanguages: ReadonlySet<string> = new Set(['python', 'gdscript', 'nim', 'cython', 'starlark', 'snakemake']);

/** A colon alone may also belong to a type, a dictionary or a lambda. The bracket ends a signature of several lines. */
const colonBlock =
	/^\s*(?:(?:async\s+)?(?:def|class|if|elif|else|for|while|try|except|finally|with|match|case|func|proc|rule)\b|[)\]]).*:$/;

/** Languages in which a word at the end of a line opens a block, and those words. */
const wordLanguages: Readonly<Record<string, RegExp>> = {
	lua: /(?:\b(?:do|then|else|repeat)|\bfunction\b.*\))$/,
	ruby: /(?:\b(?:do|then|else|begin|ensure)|\bdo\s*\|[^|]*\||^\s*(?:def|class|module|if|unless|while|case|elsif)\b.*)$/,
	shellscript: /(?:\b(?:do|then|else)|\bin)$/,
	elixir: /\bdo$/,
	julia: /(?:\b(?:do|else|begin|try)|^\s*(?:function|for|while|if|struct|module)\b.*)$/,
};

/** True when what follows this line belongs inside it: `if (a) {`, `def f():`, `x =>`, `switch`'s `case 1:`. */
export function opensBlock(line: string, languageId: string): boolean {
	const code = withoutComment(line, languageId).trimEnd();
	if (/(?:[{([]|=>|->)$/.test(code)) {
		return true;
	}
	if (code.endsWith(':')) {
		const opens = colonLanguages.has(languageId) ? colonBlock : /^\s*(?:case\b.*|default|public|private|protected):$/;
		return opens.test(code);
	}
	return wordLanguages[languageId]?.test(code) ?? false;
}

/** Good enough for the end of a line: a comment sign counts only after white space, so `https://…` stays. */
function withoutComment(line: string, languageId: string): string {
	const at = Math.max(...commentSyntax(languageId).line.map(sign => line.lastIndexOf(` ${sign}`)), -1);
	return at === -1 ? line : line.slice(0, at);
}
