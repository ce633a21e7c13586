import type { Node } from '@vscode/tree-sitter-wasm';

/** The cursor in a text, and what was written at it. */
export interface Written {
	readonly prefix: string;
	readonly says: string;
}

/**
 * Where in `says` what the cursor is in ends: the statement that begins in the cursor's line; on an empty line the block
 * around it. `Infinity` if behind the text; `undefined` where the tree does not tell, because of an error around the cursor.
 *
 * @param root of the document with the text in it.
 */
export function scopeEnd(root: Node, { prefix, says }: Written): number | undefined {
	const line = prefix.slice(prefix.lastIndexOf('\n') + 1);
	const scope = scopeAround(root, prefix, line);
	const last = scope?.lastChild;
	// In a class that it does not understand the grammar takes `private:` for the label of one statement.
	if (scope === undefined || last?.isMissing === true || scope.type === 'labeled_statement') {
		return undefined;
	}
	const isInside = line.trim() === '' && closes(last);
	const end = (isInside ? last.startIndex : scope.endIndex) - prefix.length;
	if (end > says.length) {
		return Infinity;
	}
	return isInside ? end : withRestOfLine(says, end);
}

/** Closers and a comment behind a statement belong to it. Where code follows in the line, it is no end that a person would make. */
function withRestOfLine(says: string, end: number): number | undefined {
	const rest = /^[ \t]*[)\]};,?!]*(?:[ \t]*(?:\/\/|\/\*|#).*)?(?=[ \t]*(?:\n|$))/.exec(says.slice(end));
	return rest === null ? undefined : end + rest[0].length;
}

function scopeAround(root: Node, prefix: string, line: string): Node | undefined {
	const before = prefix.trimEnd().length;
	const lineStart = prefix.length - line.trimStart().length;
	const around = openNodes(root.descendantForIndex(Math.max(0, before - 1), before), prefix.length);
	return line.trim() === ''
		? around?.find(node => isBlock(node, before))
		: around?.findLast(node => node.startIndex >= lineStart && !isRun(node));
}

/** No code is nested deeper. To find a parent takes as many steps as it is deep, so a deeper tree would take minutes. */
const deepest = 400;

/** Nodes around the cursor, innermost first, without the file; `undefined` where one is an error, or there are too many. */
function openNodes(innermost: Node | null, cursor: number): readonly Node[] | undefined {
	const nodes: Node[] = [];
	let depth = 0;
	for (
		let node = innermost, parent = node?.parent;
		node != null && parent != null;
		node = parent, parent = node.parent
	) {
		if (node.isError || ++depth > deepest) {
			return undefined;
		}
		if (node.endIndex > cursor) {
			nodes.push(node);
		}
	}
	return nodes;
}

/** Statements one after the other: where it begins with the cursor's line, it is not what begins there. */
function isRun({ type }: Node): boolean {
	return type === 'block' || type === 'statement_list';
}

/**
 * Ended by a bracket or a tag, or Python's, which has no end of its own: it begins with its first statement, so that
 * behind the cursor it may belong to a header.
 */
function isBlock(node: Node, from: number): boolean {
	return (
		closes(node.lastChild) ||
		node.type === 'block' ||
		node.namedChildren.some(child => child?.type === 'block' && child.startIndex >= from)
	);
}

function closes(node: Node | null | undefined): node is Node {
	return node != null && /^(?:[)\]}]|jsx_closing_element)$/.test(node.type);
}
