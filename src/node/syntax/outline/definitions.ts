import type { Node } from '@vscode/tree-sitter-wasm';
import type { Found, FoundFact, Rule } from './rules';

export const definitionRules: Readonly<Record<string, Rule>> = {
	function_declaration: definition('function'),
	generator_function_declaration: definition('function'),
	function_definition: definition('function'),
	function_item: definition('function'),
	method_definition: definition('method'),
	method_declaration: definition('method'),
	constructor_declaration: definition('constructor'),
	arrow_function: anonymous,
	function_expression: anonymous,
	generator_function: anonymous,
	lambda_expression: anonymous,
	closure_expression: anonymous,
	func_literal: anonymous,
	class_declaration: holder('class'),
	abstract_class_declaration: holder('class'),
	class_definition: holder('class'),
	class_specifier: holder('class'),
	struct_specifier: holder('struct'),
	struct_item: holder('struct'),
	enum_item: holder('enum'),
	enum_declaration: holder('enum'),
	enum_specifier: holder('enum'),
	trait_item: holder('trait'),
	impl_item: node => holding('impl', node.childForFieldName('type')),
	interface_declaration: holder('interface'),
	record_declaration: holder('record'),
	type_alias_declaration: holder('type'),
	type_spec: holder('type'),
	public_field_definition: field('name'),
	field_definition: field('property'),
	property_signature: field('name'),
	method_signature: field('name'),
	enum_assignment: field('name'),
	enum_variant: field('name'),
	enum_constant: field('name'),
	enumerator: field('name'),
	field_declaration: cField,
};

function definition(word: string): Rule {
	return node => {
		const declarator = declaratorOf(node);
		const name = node.childForFieldName('name') ?? declarator?.childForFieldName('declarator');
		return { facts: [defined(word, name?.text ?? ''), ...headOf(node, declarator)], opens: true };
	};
}

/** A function without a name of its own: what a variable holds is called by it, another is a step of the code around it. */
function anonymous(node: Node): Found | undefined {
	const body = node.childForFieldName('body');
	const isBlock = body !== null && /block$|^compound_statement$/.test(body.type);
	const value: readonly FoundFact[] =
		body === null || isBlock ? [] : [{ kind: 'returns', codes: [body.text], at: body }];
	const holder = node.parent?.type === 'variable_declarator' ? node.parent.childForFieldName('name') : null;
	if (holder !== null) {
		const inside = value.map(fact => ({ ...fact, isInside: true }));
		return { facts: [defined('function', holder.text), ...headOf(node, undefined), ...inside], opens: true };
	}
	return isBlock
		? { facts: [{ kind: 'inner', codes: parametersOf(node, declaratorOf(node)) }], opens: true }
		: undefined;
}

function holder(word: string): Rule {
	return node => holding(word, node.childForFieldName('name'));
}

/** C's keyword in front of a type that is declared elsewhere defines nothing. */
function holding(word: string, name: Node | null): Found | undefined {
	const parts = ['body', 'type', 'value'].map(part => name?.parent?.childForFieldName(part) ?? null);
	const isEmpty = parts.every(part => part === null);
	return name === null || isEmpty ? undefined : { facts: [defined(word, name.text)], opens: true };
}

function defined(word: string, name: string): FoundFact {
	return { kind: 'defines', codes: [`${word} ${name}`.trim()] };
}

/** Facts from a function's signature: its parameters, and whether it is asynchronous. */
function headOf(node: Node, declarator: Node | undefined): readonly FoundFact[] {
	const parameters = parametersOf(node, declarator);
	const isAsync = /^(?:(?:export|default|public|private|protected|static|override|pub(?:\([^)]*\))?)\s+)*async\b/.test(
		node.text,
	);
	const head = parametersNode(node, declarator) ?? node;
	return [
		...(parameters.length > 0 ? [{ kind: 'takes' as const, codes: parameters, at: head, isInside: true }] : []),
		...(isAsync ? [{ kind: 'async' as const, codes: [], at: head, isInside: true }] : []),
	];
}

function parametersNode(node: Node, declarator: Node | undefined): Node | null {
	return node.childForFieldName('parameters') ?? declarator?.childForFieldName('parameters') ?? null;
}

/** The object that a method is called on is no input that a caller writes. */
function parametersOf(node: Node, declarator: Node | undefined): readonly string[] {
	const single = node.childForFieldName('parameter');
	const list = parametersNode(node, declarator)?.namedChildren ?? [single];
	return list.flatMap(child => {
		const isInput = child !== null && !/comment|separator|^self_parameter$/.test(child.type);
		return isInput && !/^(?:self|cls|void)$/.test(child.text) ? [child.text] : [];
	});
}

/** C and C++ have the name and the parameters of a function in a declarator, which may be behind those of a pointer. */
function declaratorOf(node: Node): Node | undefined {
	let declarator = node.childForFieldName('declarator');
	while (declarator !== null && declarator.childForFieldName('parameters') === null) {
		declarator = declarator.childForFieldName('declarator');
	}
	return declarator ?? undefined;
}

function field(name: string): Rule {
	return node => {
		const named = node.childForFieldName(name) ?? node.childForFieldName('name');
		return named === null ? undefined : { facts: [{ kind: 'holds', codes: [named.text] }] };
	};
}

/** A field of C, Java, Go or Rust. */
function cField(node: Node): Found {
	const declarator = node.childForFieldName('declarator');
	const name = node.childForFieldName('name') ?? declarator?.childForFieldName('name') ?? declarator;
	return { facts: name === null ? [] : [{ kind: 'holds', codes: [name.text] }] };
}
