import type { Node } from '@vscode/tree-sitter-wasm';
import type { FoundFact } from './rules';

/** Expressions of Rust that take their value from the blocks inside them. */
const compound =
	/^(?:if_expression|match_expression|block|unsafe_block|loop_expression|while_expression|for_expression)$/;
const noValue = /comment|^(?:let_declaration|empty_statement|return_expression|attribute_item)$|_item$/;

/** The last expression of a function of Rust is what it returns. */
export function tailValue(node: Node): FoundFact | undefined {
	const isStatement = node.type === 'expression_statement' && node.text.endsWith(';');
	if (isStatement || compound.test(node.type) || noValue.test(node.type) || !isTail(node)) {
		return undefined;
	}
	const inner = node.type === 'expression_statement' ? node.namedChild(0) : node;
	return inner === null || compound.test(inner.type) ? undefined : { kind: 'returns', codes: [inner.text] };
}

function isTail(node: Node): boolean {
	const { parent } = node;
	if (parent === null) {
		return false;
	}
	if (parent.type === 'expression_statement') {
		return !parent.text.endsWith(';') && isTail(parent);
	}
	if (parent.type === 'block') {
		return parent.namedChildren.at(-1)?.id === node.id && isTailBlock(parent);
	}
	const match = parent.type === 'match_arm' ? parent.parent?.parent : undefined;
	return match != null && parent.childForFieldName('value')?.id === node.id && isTail(match);
}

function isTailBlock(block: Node): boolean {
	const owner = block.parent;
	if (owner?.type === 'function_item') {
		return owner.childForFieldName('return_type') !== null;
	}
	if (owner?.type === 'else_clause') {
		return isTailElse(block);
	}
	if (owner?.type === 'if_expression') {
		return owner.childForFieldName('consequence')?.id === block.id && (isTail(owner) || isTailElse(owner));
	}
	return isTail(block);
}

/** True for a node in the `else` of a tail expression; an `else if` chain nests several. */
function isTailElse({ parent }: Node): boolean {
	const condition = parent?.type === 'else_clause' ? parent.parent : null;
	return condition !== null && (isTail(condition) || isTailElse(condition));
}
