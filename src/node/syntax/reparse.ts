import type { Edit, Parser, Point, Tree } from '@vscode/tree-sitter-wasm';

/** A text and its tree, which belongs to whoever made it: it is outside the garbage collector's reach. */
export interface ParsedText {
	readonly text: string;
	readonly tree: Tree;
}

/** Some thirty times what 5 000 lines take: what takes longer is no code. Milliseconds. */
const longestParseMs = 2000;

export interface ParseOptions {
	/** Only what differs from this is parsed. */
	readonly earlier?: ParsedText | undefined;
	/** By the clock of `performance.now`. */
	readonly until?: number;
}

/** `undefined` where it takes too long. */
export function parse(
	parser: Parser,
	text: string,
	{ earlier, until = performance.now() + longestParseMs }: ParseOptions = {},
): ParsedText | undefined {
	const old = earlier?.tree.copy();
	if (earlier !== undefined) {
		old?.edit(editBetween(earlier.text, text));
	}
	const tree = parser.parse(text, old, { progressCallback: () => performance.now() > until });
	old?.delete();
	if (tree === null) {
		parser.reset(); // or it would go on with this text when it is given the next
		return undefined;
	}
	return { text, tree };
}

/** The range between the common start and the common end of two texts. */
export function editBetween(before: string, after: string): Edit {
	const startIndex = commonStart(before, after);
	const most = Math.min(before.length, after.length) - startIndex;
	const same = commonEnd(before, after, most);
	const oldEndIndex = before.length - same;
	const newEndIndex = after.length - same;
	const startPosition = pointAt(before, startIndex);
	return {
		...{ startIndex, oldEndIndex, newEndIndex, startPosition },
		oldEndPosition: pointAt(before, oldEndIndex),
		newEndPosition: pointAt(after, newEndIndex),
	};
}

/** Characters compared at once. */
const compared = 4096;

function commonStart(a: string, b: string): number {
	const most = Math.min(a.length, b.length);
	let same = 0;
	while (same < most && a.slice(same, same + compared) === b.slice(same, same + compared)) {
		same += compared;
	}
	same = Math.min(same, most);
	while (same < most && a.charCodeAt(same) === b.charCodeAt(same)) {
		same++;
	}
	return same;
}

function commonEnd(a: string, b: string, most: number): number {
	const isSame = (length: number): boolean =>
		a.slice(a.length - length - compared, a.length - length) ===
		b.slice(b.length - length - compared, b.length - length);
	let same = 0;
	while (same + compared <= most && isSame(same)) {
		same += compared;
	}
	while (same < most && a.charCodeAt(a.length - same - 1) === b.charCodeAt(b.length - same - 1)) {
		same++;
	}
	return same;
}

function pointAt(text: string, index: number): Point {
	let row = 0;
	let lineStart = 0;
	for (let end = text.indexOf('\n'); end !== -1 && end < index; end = text.indexOf('\n', lineStart)) {
		row++;
		lineStart = end + 1;
	}
	return { row, column: index - lineStart };
}
