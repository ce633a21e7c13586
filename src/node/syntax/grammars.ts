/** The grammar of each of VS Code's languages that has one in the box. C is a part of C++ that its grammar knows well enough. */
const grammars: Readonly<Record<string, string>> = {
	typescript: 'typescript',
	typescriptreact: 'tsx',
	javascript: 'javascript',
	javascriptreact: 'javascript',
	python: 'python',
	go: 'go',
	rust: 'rust',
	java: 'java',
	c: 'cpp',
	cpp: 'cpp',
};

/** `undefined` where there is none. */
export function grammarOf(languageId: string): string | undefined {
	return grammars[languageId];
}

/** The file of a grammar, and of the parser that it is made for, in the folder `grammars` beside the bundles. */
export function grammarFile(grammar: string): string {
	return `tree-sitter-${grammar}.wasm`;
}
export const parserFile = 'tree-sitter.wasm';

/** Each once. */
export const grammarNames: readonly string[] = [...new Set(Object.values(grammars))].sort();
