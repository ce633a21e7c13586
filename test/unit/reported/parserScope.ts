import { join } from 'node:path';
import type { SyntaxScope } from '../../../src/core/completion/syntaxScope';
import { grammarOf } from '../../../src/node/syntax/grammars';
import { Grammars } from '../../../src/node/syntax/loadGrammar';
import { endByLines } from '../../../src/node/syntax/endByLines';
import { parse } from '../../../src/node/syntax/reparse';

/** The product's parser, in this thread: a table of cases needs no patience with a thread. */
export function parserScope(): SyntaxScope {
	const grammars = new Grammars(join(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm'));
	return {
		open:
			({ languageId, prefix, suffix }) =>
			async says => {
				const grammar = grammarOf(languageId);
				const parser = grammar === undefined ? undefined : await grammars.parserOf(grammar);
				const text = prefix + suffix;
				const document = parser && parse(parser, text);
				return parser && document && endByLines({ text, cursor: prefix.length, document, says }, parser);
			},
	};
}
