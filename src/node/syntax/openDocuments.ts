import type { Parser } from '@vscode/tree-sitter-wasm';
import { endByLines } from './endByLines';
import type { ToParser } from './messages';
import { parse, type ParsedText } from './reparse';

type Opened = Extract<ToParser, { kind: 'open' }>;

/** Documents kept, with their trees: what is being typed, and what it would be with a suggestion accepted. */
const capacity = 4;

/** The documents that questions may be asked about, the newest last. Each is parsed once, from the nearest one before it. */
export class OpenDocuments {
	readonly #documents = new Map<number, { readonly opened: Opened; parsed: ParsedText | undefined; isRead: boolean }>();

	open(opened: Opened): void {
		this.#documents.set(opened.id, { opened, parsed: undefined, isRead: false });
		for (const [id, { parsed }] of this.#documents) {
			if (this.#documents.size <= capacity) {
				return;
			}
			parsed?.tree.delete();
			this.#documents.delete(id);
		}
	}

	/** The document that was opened last. */
	get newest(): Opened | undefined {
		return [...this.#documents.values()].at(-1)?.opened;
	}

	get(id: number): Opened | undefined {
		return this.#documents.get(id)?.opened;
	}

	/** @returns the document's text and tree; `undefined` where it was forgotten, or took too long. */
	read(id: number, parser: Parser): ParsedText | undefined {
		const document = this.#documents.get(id);
		if (document !== undefined && !document.isRead) {
			document.isRead = true;
			document.parsed = parse(parser, document.opened.text, { earlier: this.#nearest(document.opened) });
		}
		return document?.parsed;
	}

	/** See `ScopeEnd`. */
	endOf(id: number, says: string, parser: Parser): number | undefined {
		const document = this.read(id, parser);
		const opened = this.get(id);
		if (document === undefined || opened === undefined) {
			return undefined;
		}
		return endByLines({ ...opened, says, document }, parser);
	}

	#nearest({ uri, grammar }: Opened): ParsedText | undefined {
		const alike = [...this.#documents.values()].filter(
			({ opened, parsed }) => parsed !== undefined && opened.uri === uri && opened.grammar === grammar,
		);
		return alike.at(-1)?.parsed;
	}
}
