/** Words behind a fence that say that the block holds no code. */
const prose = 'text txt plain plaintext none output log';

/** The usual short names behind fences. Any other word is a language's own id. */
const aliases: Readonly<Record<string, string>> = {
	typescript: 'ts mts cts',
	typescriptreact: 'tsx',
	javascript: 'js mjs cjs node',
	javascriptreact: 'jsx',
	python: 'py python3 ipython pycon',
	rust: 'rs should_panic no_run ignore compile_fail edition2015 edition2018 edition2021 edition2024',
	go: 'golang',
	cpp: 'c++ cc cxx hpp',
	csharp: 'cs c#',
	ruby: 'rb',
	shellscript: 'sh bash zsh shell console fish ksh',
	yaml: 'yml',
	kotlin: 'kt',
	haskell: 'hs',
	markdown: 'md',
	dockerfile: 'docker',
	makefile: 'make',
	powershell: 'ps1 pwsh',
	perl: 'pl',
	html: 'htm',
	plaintext: prose,
};

const byName: ReadonlyMap<string, string> = new Map(
	Object.entries(aliases).flatMap(([id, names]) => names.split(' ').map(name => [name, id] as const)),
);

/** The language that the first word behind a fence names, as VS Code calls it; empty for no word. */
export function fenceLanguage(info: string): string {
	const name = info.toLowerCase();
	return byName.get(name) ?? name;
}
