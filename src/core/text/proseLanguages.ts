/** Languages in which a blank line means nothing about blocks, and the model is asked for one line only. */
const proseLanguages: ReadonlySet<string> = new Set([
	'plaintext',
	'markdown',
	'juliamarkdown',
	'mdx',
	'quarto',
	'rmd',
	'instructions',
	'prompt',
	'chatagent',
	'skill',
	'scminput',
	'git-commit',
	'latex',
	'tex',
	'restructuredtext',
	'asciidoc',
	'log',
]);

export function isProse(languageId: string): boolean {
	return proseLanguages.has(languageId);
}
