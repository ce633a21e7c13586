import type { Node } from '@vscode/tree-sitter-wasm';

/** Longer code is cut: it stands in a list. UTF-16 units. */
const longest = 60;

export function oneLine(code: string): string {
	const text = code.replace(/\s+/g, ' ').trim();
	return text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`;
}

/** Without the brackets around the whole of it. */
export function withoutBrackets(node: Node | null): string {
	const text = node?.text ?? '';
	return node !== null && /^(?:parenthesized_expression|condition_clause)$/.test(node.type) ? text.slice(1, -1) : text;
}

/** Where each kind of call has the name of what is called. */
const calls: Readonly<Record<string, string>> = {
	call_expression: 'function',
	call: 'function',
	new_expression: 'constructor',
	object_creation_expression: 'type',
	macro_invocation: 'macro',
};

/** A called function or type: its name, and the node of that name. */
export interface Callee {
	/** `a.b`, `.c` behind something longer, `new D`. */
	readonly name: string;
	readonly at: Node;
}

/** These make a value of Rust, or end what is told of as thrown. */
const noCalls = /^(?:Ok|Err|Some|panic!?|todo!|unimplemented!|unreachable!)$/;

/** `undefined` where a node is no call, or one that only makes what is thrown. */
export function calleeOf(node: Node): Callee | undefined {
	const at = calledNode(node);
	if (at === null || (node.parent !== null && /^(?:throw|raise)_/.test(node.parent.type))) {
		return undefined;
	}
	const object = node.type === 'method_invocation' ? node.childForFieldName('object')?.text : undefined;
	const named = nameIn(object === undefined ? at.text : `${object}.${at.text}`);
	const name = named === undefined ? '' : withMark(named, node.type);
	return name === '' || noCalls.test(name) ? undefined : { name, at };
}

function calledNode(node: Node): Node | null {
	const field = node.type === 'method_invocation' ? 'name' : calls[node.type];
	return field === undefined ? null : (node.childForFieldName(field) ?? node.childForFieldName('type'));
}

function withMark(name: string, type: string): string {
	if (type === 'macro_invocation') {
		return `${name}!`;
	}
	return type === 'new_expression' || type === 'object_creation_expression' ? `new ${name}` : name;
}

function nameIn(text: string): string | undefined {
	const plain = text.replace(/::<[^]*>$|<[^]*>$/, '').replace(/\s+/g, '');
	if (/^[\w$.:#@?!]+$/.test(plain) && plain.length <= longest) {
		return plain;
	}
	const last = /([\w$#]+)$/.exec(plain)?.[1];
	return last === undefined ? undefined : `.${last}`;
}
