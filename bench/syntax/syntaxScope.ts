import { linePrefix } from '../../src/core/text/documentSnapshot';
import type { Parser, SyntaxNode } from './grammars';

export interface ScopeQuestion {
	readonly prefix: string;
	readonly suffix: string;
	/** What was written at the cursor, no matter how far. */
	readonly says: string;
}

/**
 * The text up to where it leaves the scope that the cursor is in: the statement that begins in the cursor's line; on an
 * empty line the block around it. Looked for line by line, as it would be while a model writes. `undefined` where the
 * parser does not say, because of an error around the cursor.
 */
export function cutByScope(question: ScopeQuestion, parser: Parser): string | undefined {
	const lines = question.says.split('\n');
	for (let count = 2; count <= lines.length; count++) {
		const text = lines.slice(0, count).join('\n');
		const end = scopeEnd({ ...question, says: text }, parser);
		if (end === undefined) {
			return undefined;
		}
		if (text.slice(end).trim() !== '') {
			return text.slice(0, end).trimEnd();
		}
	}
	return question.says;
}

/** Where in the text the scope ends; `Infinity` if behind it. */
function scopeEnd({ prefix, suffix, says }: ScopeQuestion, parser: Parser): number | undefined {
	const tree = parser.parse(`${prefix}${says}\n${suffix.replace(/^\n/, '')}`);
	try {
		const scope = scopeAround(tree.rootNode, prefix);
		if (scope === undefined || scope.lastChild?.isMissing === true) {
			return undefined;
		}
		const end = scope.endIndex - prefix.length;
		if (end > says.length) {
			return Infinity;
		}
		return linePrefix({ prefix }).trim() === '' && isCloser(scope.lastChild)
			? end - 1
			: end + (/^[ \t]*[)\]};,]+/.exec(says.slice(end))?.[0].length ?? 0);
	} finally {
		tree.delete();
	}
}

function scopeAround(root: SyntaxNode, prefix: string): SyntaxNode | undefined {
	const before = prefix.trimEnd().length;
	const line = linePrefix({ prefix });
	const lineStart = prefix.length - line.trimStart().length;
	const around = openNodes(root.descendantForIndex(before - 1, before), prefix.length);
	return line.trim() === ''
		? around?.find(node => isBlock(node, before))
		: around?.findLast(node => node.startIndex >= lineStart && node.type !== 'block');
}

/** Nodes around the cursor, innermost first; `undefined` where one of them is an error. */
function openNodes(innermost: SyntaxNode | null, cursor: number): readonly SyntaxNode[] | undefined {
	const nodes: SyntaxNode[] = [];
	for (let node = innermost; node?.parent != null; node = node.parent) {
		if (node.isError) {
			return undefined;
		}
		if (node.endIndex > cursor) {
			nodes.push(node);
		}
	}
	return nodes;
}

/** Ended by a bracket, or Python's: `block` begins with its first statement, behind the cursor it may belong to a header. */
function isBlock(node: SyntaxNode, from: number): boolean {
	const hasBlockBelow = node.children.some(({ type, startIndex }) => type === 'block' && startIndex >= from);
	return isCloser(node.lastChild) || node.type === 'block' || hasBlockBelow;
}

function isCloser(node: SyntaxNode | null): boolean {
	return node !== null && /^[)\]}]$/.test(node.type);
}
