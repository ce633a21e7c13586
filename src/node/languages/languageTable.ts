import { languageOfFile, type LanguageRule } from '../../core/text/languageOfFile';
import vscode from './vscodeLanguages.json' with { type: 'json' };

/** Languages that VS Code leaves to other extensions, under the ids that those give them. */
const fromExtensions: readonly (readonly [id: string, extensions: string, filenames?: string])[] = [
	['vue', '.vue'],
	['svelte', '.svelte'],
	['kotlin', '.kt .kts'],
	['scala', '.scala .sc .sbt'],
	['toml', '.toml', 'Cargo.lock poetry.lock uv.lock Pipfile'],
	['elixir', '.ex .exs'],
	['erlang', '.erl .hrl'],
	['haskell', '.hs'],
	['elm', '.elm'],
	['purescript', '.purs'],
	['ocaml', '.ml .mli'],
	['nim', '.nim .nims'],
	['zig', '.zig .zon'],
	['gdscript', '.gd'],
	['cython', '.pyx .pxd'],
	['starlark', '.bzl .star', 'BUILD BUILD.bazel WORKSPACE'],
	['snakemake', '.smk', 'Snakefile'],
	['scheme', '.scm .ss'],
	['lisp', '.lisp .lsp .cl'],
	['racket', '.rkt'],
	['terraform', '.tf .tfvars'],
	['proto3', '.proto'],
	['graphql', '.graphql .gql'],
	['cmake', '.cmake', 'CMakeLists.txt'],
	['nix', '.nix'],
	['asciidoc', '.adoc .asciidoc'],
];

/** Among equal matches the later rule wins, so VS Code's own come last. */
const rules: readonly LanguageRule[] = [
	{ id: 'plaintext', extensions: ['.txt'], filenames: [], filenamePatterns: [], firstLine: '' },
	...fromExtensions.map(([id, extensions, filenames = '']) => ({
		id,
		extensions: extensions.split(' '),
		filenames: filenames.split(' ').filter(name => name !== ''),
		filenamePatterns: [],
		firstLine: '',
	})),
	...vscode.languages,
];

/** The language of a file as VS Code tells it, where the usual extensions are installed. */
export function languageOf(path: string, firstLine = ''): string {
	return languageOfFile(rules, path.replaceAll('\\', '/'), firstLine);
}
