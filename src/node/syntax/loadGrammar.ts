import { Language, Parser } from '@vscode/tree-sitter-wasm';
import { join } from 'node:path';
import { grammarFile, parserFile } from './grammars';

/** Loads each grammar when it is first asked for. Rejects where one is missing or damaged. */
export class Grammars {
	#started: Promise<void> | undefined;
	readonly #parsers = new Map<string, Promise<Parser>>();

	constructor(private readonly folder: string) {}

	parserOf(grammar: string): Promise<Parser> {
		const known = this.#parsers.get(grammar) ?? this.#load(grammar);
		this.#parsers.set(grammar, known);
		return known;
	}

	async #load(grammar: string): Promise<Parser> {
		this.#started ??= Parser.init({ locateFile: () => join(this.folder, parserFile) });
		await this.#started;
		const parser = new Parser();
		parser.setLanguage(await Language.load(join(this.folder, grammarFile(grammar))));
		return parser;
	}
}
