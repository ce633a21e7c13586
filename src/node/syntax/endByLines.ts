import type { Parser } from '@vscode/tree-sitter-wasm';
import { parse, type ParsedText } from './reparse';
import { scopeEnd } from './scopeEnd';

/** Time limit for all lines together. Three lines in a document of 5 000 take 5 to 27 (`bench/syntax/parserTimes.ts`). Milliseconds. */
const longestMs = 1000;

export interface EndQuestion {
	/** A document and the cursor in it. */
	readonly text: string;
	readonly cursor: number;
	/** The document's tree, of which the others are made. */
	readonly document: ParsedText;
	/** The text that was written at the cursor. */
	readonly says: string;
}

/**
 * See `ScopeEnd`. Looked for line by line, as it would be while a model writes: what comes after the end of the scope is
 * often an error, and so is a statement of several lines before its last.
 */
export function endByLines({ text, cursor, document, says }: EndQuestion, parser: Parser): number | undefined {
	const prefix = text.slice(0, cursor);
	const suffix = text.slice(cursor).replace(/^\n/, '');
	const lines = says.split('\n');
	const made: ParsedText[] = [];
	const until = performance.now() + longestMs;
	let end: number | undefined;
	try {
		for (let count = 2; count <= lines.length; count++) {
			const soFar = lines.slice(0, count).join('\n');
			const earlier = made.at(-1) ?? document;
			const parsed =
				performance.now() > until ? undefined : parse(parser, `${prefix}${soFar}\n${suffix}`, { earlier, until });
			if (parsed === undefined) {
				return undefined;
			}
			made.push(parsed);
			end = scopeEnd(parsed.tree.rootNode, { prefix, says: soFar });
			if (end !== undefined && soFar.slice(end).trim() !== '') {
				return soFar.slice(0, end).trimEnd().length;
			}
		}
		return end === undefined ? undefined : says.length;
	} finally {
		for (const { tree } of made) {
			tree.delete();
		}
	}
}
