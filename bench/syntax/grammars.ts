import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Parsers of `@vscode/tree-sitter-wasm`, to measure what they are worth. The package is no dependency: install it somewhere
 * and say where.
 *
 *     npm install --prefix FOLDER @vscode/tree-sitter-wasm@0.3.1
 */
export interface SyntaxNode {
	readonly type: string;
	/** UTF-16 units. */
	readonly startIndex: number;
	readonly endIndex: number;
	readonly hasError: boolean;
	readonly isError: boolean;
	readonly isMissing: boolean;
	readonly parent: SyntaxNode | null;
	readonly children: readonly SyntaxNode[];
	readonly lastChild: SyntaxNode | null;
	descendantForIndex(start: number, end: number): SyntaxNode | null;
}

export interface TextPoint {
	readonly row: number;
	readonly column: number;
}

export interface SyntaxTree {
	readonly rootNode: SyntaxNode;
	edit(change: {
		readonly startIndex: number;
		readonly oldEndIndex: number;
		readonly newEndIndex: number;
		readonly startPosition: TextPoint;
		readonly oldEndPosition: TextPoint;
		readonly newEndPosition: TextPoint;
	}): void;
	delete(): void;
}

export interface Parser {
	setLanguage(language: object): void;
	parse(text: string, old?: SyntaxTree): SyntaxTree;
}

interface TreeSitter {
	readonly Parser: { new (): Parser; init(options: object): Promise<void> };
	readonly Language: { load(path: string): Promise<object> };
}

const grammars: Readonly<Record<string, string>> = {
	typescript: 'typescript',
	typescriptreact: 'tsx',
	javascript: 'javascript',
	javascriptreact: 'javascript',
	python: 'python',
	go: 'go',
	rust: 'rust',
	c: 'cpp',
};

/** By VS Code's language. */
export async function loadParsers(
	installedIn: string,
	languageIds: readonly string[] = Object.keys(grammars),
): Promise<ReadonlyMap<string, Parser>> {
	const folder = join(installedIn, 'node_modules/@vscode/tree-sitter-wasm/wasm');
	const treeSitter = createRequire(import.meta.url)(join(folder, 'tree-sitter.js')) as TreeSitter;
	await treeSitter.Parser.init({ locateFile: () => join(folder, 'tree-sitter.wasm') });
	const parsers = new Map<string, Parser>();
	for (const languageId of languageIds) {
		const parser = new treeSitter.Parser();
		const file = `tree-sitter-${grammars[languageId] ?? languageId}.wasm`;
		parser.setLanguage(await treeSitter.Language.load(join(folder, file)));
		parsers.set(languageId, parser);
	}
	return parsers;
}
