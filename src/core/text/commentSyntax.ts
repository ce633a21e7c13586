/** The signs of line comments, and the pairs of signs around block comments. */
export interface CommentSyntax {
	readonly line: readonly string[];
	readonly block: readonly (readonly [open: string, close: string])[];
}

const slashes: CommentSyntax = { line: ['//'], block: [['/*', '*/']] };
const markup: CommentSyntax = { line: [], block: [['<!--', '-->']] };

const families: readonly (readonly [languages: string, syntax: CommentSyntax])[] = [
	[
		'python gdscript nim cython starlark snakemake ruby shellscript elixir julia perl raku r yaml dockercompose toml makefile cmake dockerfile dotenv ignore nix graphql coffeescript powershell ini properties',
		{ line: ['#'], block: [] },
	],
	['php', { line: ['//', '#'], block: [['/*', '*/']] }],
	['css', { line: [], block: [['/*', '*/']] }],
	['html xml xsl handlebars markdown', markup],
	['vue svelte', { line: slashes.line, block: [...slashes.block, ...markup.block] }],
	['lua', { line: ['--'], block: [['--[[', ']]']] }],
	['sql', { line: ['--'], block: [['/*', '*/']] }],
	['haskell elm purescript', { line: ['--'], block: [['{-', '-}']] }],
	['clojure scheme lisp racket', { line: [';'], block: [] }],
	['latex tex bibtex erlang matlab', { line: ['%'], block: [] }],
];

const byLanguage: ReadonlyMap<string, CommentSyntax> = new Map(
	families.flatMap(([languages, syntax]) => languages.split(' ').map(language => [language, syntax] as const)),
);

/** The comment syntax of a VS Code language. An unknown language is read as C. */
export function commentSyntax(languageId: string): CommentSyntax {
	return byLanguage.get(languageId) ?? slashes;
}
