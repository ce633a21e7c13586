import type * as TreeSitter from '@vscode/tree-sitter-wasm';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { grammarFile, grammarOf } from '../../src/node/syntax/grammars';

/** Not the bundle's own: that is one for Node's CommonJS, whose names a module cannot import. */
const require = createRequire(import.meta.url);
const source = require.resolve('@vscode/tree-sitter-wasm');
const { Parser: ParserOf, Language } = require(source) as typeof TreeSitter;

/** A parser for one of VS Code's languages; `undefined` where there is no grammar in the box. */
export async function loadParser(languageId: string): Promise<TreeSitter.Parser | undefined> {
	const grammar = grammarOf(languageId);
	if (grammar === undefined) {
		return undefined;
	}
	await ParserOf.init();
	const parser = new ParserOf();
	parser.setLanguage(await Language.load(join(dirname(source), grammarFile(grammar))));
	return parser;
}
