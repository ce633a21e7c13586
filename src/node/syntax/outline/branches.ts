import type { Node } from '@vscode/tree-sitter-wasm';
import type { FactKind } from '../../../core/explain/codeFacts';
import { codeIn, type Found, type Rule } from './rules';

export const branchRules: Readonly<Record<string, Rule>> = {
	if_statement: ifStatement,
	if_expression: ifStatement,
	elif_clause: node => opened('elseIf', codeIn(node.childForFieldName('condition'))),
	else_clause: elseClause,
	ternary_expression: node => told('ternary', codeIn(node.childForFieldName('condition'))),
	// Python's has no fields: what is taken, then the condition.
	conditional_expression: node => told('ternary', codeIn(node.childForFieldName('condition') ?? node.namedChild(1))),
	switch_statement: choice('value', 'condition'),
	switch_expression: choice('value', 'condition'),
	expression_switch_statement: choice('value'),
	type_switch_statement: choice('value'),
	select_statement: () => opened('choice', ['what is ready first']),
	match_statement: choice('subject'),
	match_expression: choice('value'),
	switch_case: node => opened('case', codeIn(node.childForFieldName('value'))),
	expression_case: node => opened('case', codeIn(node.childForFieldName('value'))),
	type_case: node => opened('case', codeIn(node.childForFieldName('type'))),
	communication_case: node => opened('case', codeIn(node.childForFieldName('communication'))),
	match_arm: node => cases(codeIn(node.childForFieldName('pattern'))),
	case_clause: node => cases(patterns(node)),
	case_statement: caseStatement,
	switch_default: () => opened('default', []),
	default_case: () => opened('default', []),
	switch_block_statement_group: javaCase,
	switch_rule: javaCase,
	try_statement: tryStatement,
	try_with_resources_statement: tryStatement,
	catch_clause: node => opened('catches', caught(node)),
	except_clause: node => opened('catches', caught(node)),
	finally_clause: () => opened('finally', []),
};

function opened(kind: FactKind, codes: readonly string[]): Found {
	return { facts: [{ kind, codes }], opens: true };
}

function told(kind: FactKind, codes: readonly string[]): Found {
	return { facts: [{ kind, codes }] };
}

function cases(patterns: readonly string[]): Found {
	return patterns.every(pattern => pattern === '_') ? opened('default', []) : opened('case', patterns);
}

function tryStatement(node: Node): Found {
	const until = node.childForFieldName('body') ?? undefined;
	const codes = codeIn(node.childForFieldName('resources'));
	return { facts: [{ kind: 'tries', codes, until }], opens: true, beside: child => child.type.endsWith('_clause') };
}

function ifStatement(node: Node): Found {
	const kind = isOtherwise(node) ? 'elseIf' : 'if';
	const first = node.childForFieldName('initializer');
	const condition = codeIn(node.childForFieldName('condition'));
	const codes = first === null ? condition : [`${first.text}; ${condition[0] ?? ''}`];
	const otherwise = node.childForFieldName('alternative');
	const until = node.childForFieldName('consequence') ?? undefined;
	return {
		facts: [{ kind, codes, until }],
		opens: true,
		otherwise,
		beside: child => /^(?:elif|else)_clause$/.test(child.type),
	};
}

/** An `if` that is all there is in the `else` of another. */
function isOtherwise({ parent, id }: Node): boolean {
	return parent?.type === 'else_clause'
		? isIf(parent.parent)
		: isIf(parent) && parent?.childForFieldName('alternative')?.id === id;
}

/** That of a loop or of a `try` of Python is not for a condition. */
function elseClause(node: Node): Found | undefined {
	const isChain = node.namedChildCount === 1 && isIf(node.namedChild(0));
	return isIf(node.parent) && !isChain ? opened('else', []) : undefined;
}

function isIf(node: Node | null): boolean {
	return node?.type.startsWith('if_') === true;
}

function choice(...fields: readonly string[]): Rule {
	return node => {
		const value = fields.map(field => node.childForFieldName(field)).find(child => child !== null);
		return opened('choice', value == null ? ['the first condition that holds'] : codeIn(value));
	};
}

function patterns(node: Node): readonly string[] {
	return node.namedChildren.flatMap(child => (child?.type === 'case_pattern' ? [child.text] : []));
}

function caseStatement(node: Node): Found {
	const value = node.childForFieldName('value');
	return value === null ? opened('default', []) : opened('case', codeIn(value));
}

function javaCase(node: Node): Found {
	const labels = node.namedChildren.flatMap(child => (child?.type === 'switch_label' ? [child.text] : []));
	const codes = labels.filter(label => label !== 'default').map(label => label.replace(/^case\s+/, ''));
	return codes.length === 0 ? opened('default', []) : opened('case', codes);
}

/** The caught exception: the text between the keyword and the block. */
function caught(node: Node): readonly string[] {
	const body = node.childForFieldName('body') ?? node.namedChildren.findLast(child => child?.type === 'block');
	const header = node.text
		.slice(0, (body?.startIndex ?? node.endIndex) - node.startIndex)
		.replace(/^(?:catch|except)\b\s*\*?|:\s*$/g, '')
		.trim()
		.replace(/^\(([^]*)\)$/, '$1');
	return header === '' ? [] : [header];
}
