import type { ExplainDocument, TextSpan } from '../../src/core/explain/explainTarget';

/** `a(«b»)` → the document `a(b)` and the selection `b`. Two marks side by side are a cursor. */
export function selectedIn(marked: string): { document: ExplainDocument; selection: TextSpan } {
	const [before, inside, after, ...more] = marked.split(/[«»]/);
	if (before === undefined || inside === undefined || after === undefined || more.length > 0) {
		throw new Error(`expected exactly one «selection» in ${JSON.stringify(marked)}`);
	}
	const place = (text: string) => {
		const lines = text.split('\n');
		return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
	};
	return {
		document: documentOf(before + inside + after),
		selection: { start: place(before), end: place(before + inside) },
	};
}

export function documentOf(text: string): ExplainDocument {
	const lines = text.split('\n');
	return {
		uri: 'file:///work/src/cart.ts',
		path: 'src/cart.ts',
		languageId: 'typescript',
		lineCount: lines.length,
		lineAt: line => lines[line] ?? '',
	};
}
