import type { Node } from '@vscode/tree-sitter-wasm';
import type { FactKind } from '../../../core/explain/codeFacts';
import { codeIn, type Found, type Rule } from './rules';

export const resultRules: Readonly<Record<string, Rule>> = {
	return_statement: returned,
	return_expression: returned,
	throw_statement: node => told('throws', codeIn(node.namedChild(0))),
	throw_expression: node => told('throws', codeIn(node.namedChild(0))),
	raise_statement: node => told('throws', codeIn(node.namedChild(0))),
	try_expression: node => told('passesOn', codeIn(node.namedChild(0))),
	await_expression: node => told('awaits', codeIn(node.namedChild(0))),
	await: node => told('awaits', codeIn(node.namedChild(0))),
	yield_expression: node => told('yields', codeIn(node.namedChild(0))),
	yield: node => told('yields', codeIn(node.namedChild(0))),
	defer_statement: node => told('later', codeIn(node.namedChild(0))),
	go_statement: node => told('background', codeIn(node.namedChild(0))),
	delete_statement: node => told('deletes', codeIn(node.namedChild(0))),
	delete_expression: node => told('deletes', codeIn(node.namedChild(0))),
	unary_expression: node =>
		node.childForFieldName('operator')?.text === 'delete'
			? told('deletes', codeIn(node.childForFieldName('argument')))
			: undefined,
	call_expression: node =>
		node.childForFieldName('function')?.text === 'panic' ? told('throws', [node.text]) : undefined,
	macro_invocation: node =>
		/^(?:panic|todo|unimplemented|unreachable)$/.test(node.childForFieldName('macro')?.text ?? '')
			? told('throws', [node.text])
			: undefined,
	assignment: pythonAssignment,
	assignment_expression: changed,
	assignment_statement: changed,
	augmented_assignment: changed,
	augmented_assignment_expression: changed,
	compound_assignment_expr: changed,
	update_expression: counted,
	inc_statement: counted,
	dec_statement: counted,
};

function told(kind: FactKind, codes: readonly string[]): Found {
	return { facts: [{ kind, codes }] };
}

function returned(node: Node): Found {
	const value = node.namedChildren.find(child => child !== null && !child.type.includes('comment'));
	return value == null ? told('leaves', []) : told('returns', codeIn(value));
}

function changed(node: Node): Found {
	return told('sets', codeIn(node.childForFieldName('left')));
}

/** The counter in the head of a `for` loop is part of the loop's fact, so it gets none of its own. */
function counted(node: Node): Found | undefined {
	const isHead = node.parent !== null && /^for_(?:statement|clause)$/.test(node.parent.type);
	return isHead ? undefined : told('sets', codeIn(node.childForFieldName('argument') ?? node.namedChild(0)));
}

/** A plain name is a variable of the function's own as a rule; a place in something else is a change that others see. */
function pythonAssignment(node: Node): Found | undefined {
	const left = node.childForFieldName('left');
	return left !== null && /^(?:attribute|subscript)$/.test(left.type) ? told('sets', [left.text]) : undefined;
}
