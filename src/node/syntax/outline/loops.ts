import type { Node } from '@vscode/tree-sitter-wasm';
import { about, codeIn, type Found, type Rule } from './rules';

export const loopRules: Readonly<Record<string, Rule>> = {
	for_in_statement: node => each(node, node.childForFieldName('right')),
	enhanced_for_statement: node => each(node, node.childForFieldName('value')),
	for_range_loop: node => each(node, node.childForFieldName('right')),
	for_expression: node => each(node, node.childForFieldName('value')),
	for_in_clause: node => ({ facts: [{ kind: 'each', codes: codeIn(node.childForFieldName('right')) }] }),
	if_clause: node => ({ facts: [{ kind: 'filter', codes: codeIn(node.namedChild(0)) }] }),
	for_statement: forStatement,
	while_statement: whileStatement,
	while_expression: whileStatement,
	do_statement: about('while', 'condition', true),
	loop_expression: () => ({ facts: [{ kind: 'forever', codes: [] }], opens: true }),
};

function each(_node: Node, over: Node | null): Found {
	return { facts: [{ kind: 'each', codes: codeIn(over) }], opens: true, beside: isElse };
}

/** Python's runs over something, Go's may, those of C's kind count. */
function forStatement(node: Node): Found {
	const range = node.namedChildren.find(child => child?.type === 'range_clause');
	const over = node.childForFieldName('right') ?? range?.childForFieldName('right') ?? null;
	if (over !== null) {
		return each(node, over);
	}
	const body = node.childForFieldName('body');
	const header = node.text
		.slice(0, (body?.startIndex ?? node.endIndex) - node.startIndex)
		.replace(/^for\s*\(?|\)?\s*$/g, '')
		.trim();
	if (header === '' || /^[;\s]*$/.test(header)) {
		return { facts: [{ kind: 'forever', codes: [] }], opens: true };
	}
	return { facts: [{ kind: header.includes(';') ? 'counted' : 'while', codes: [header] }], opens: true };
}

function whileStatement(node: Node): Found {
	const codes = codeIn(node.childForFieldName('condition'));
	return { facts: [{ kind: 'while', codes }], opens: true, beside: isElse };
}

/** Python's `else` of a loop is done behind it. */
function isElse({ type }: Node): boolean {
	return type === 'else_clause';
}
