import type { Node } from '@vscode/tree-sitter-wasm';
import type { FactKind } from '../../../core/explain/codeFacts';
import { branchRules } from './branches';
import { withoutBrackets } from './codeText';
import { definitionRules } from './definitions';
import { loopRules } from './loops';
import { resultRules } from './results';
import { tailValue } from './tailValue';

/** The facts that a rule finds at a node. */
export interface Found {
	readonly facts: readonly FoundFact[];
	/** The children of the node are nested below the fact. */
	readonly opens?: boolean;
	/** The child that is done where a condition does not hold. */
	readonly otherwise?: Node | null;
	/** Children that stand beside the fact though they are in the node. */
	readonly beside?: (child: Node) => boolean;
}

export interface FoundFact {
	readonly kind: FactKind;
	readonly codes: readonly string[];
	/** Where it is, if not the whole node. */
	readonly at?: Node;
	/** Whose end is its end, if not the whole node's. */
	readonly until?: Node | undefined;
	/** It stands inside of the fact before it. */
	readonly isInside?: boolean;
}

/** `undefined` where a node of the type tells nothing after all. */
export type Rule = (node: Node) => Found | undefined;

/** The types of nodes have the same meaning in all grammars of the box that have them, but for what the rules tell apart. */
const rules: Readonly<Record<string, Rule>> = { ...definitionRules, ...loopRules, ...branchRules, ...resultRules };

export function ruleOf(node: Node): Found | undefined {
	const found = rules[node.type]?.(node);
	const value = tailValue(node);
	return value === undefined ? found : { ...found, facts: [value, ...(found?.facts ?? [])] };
}

/** A fact about the code in one of the node's fields. */
export function about(kind: FactKind, field: string, opens = false): Rule {
	return node => ({ facts: [{ kind, codes: codeIn(node.childForFieldName(field)) }], opens });
}

export function codeIn(node: Node | null | undefined): readonly string[] {
	return node == null ? [] : [withoutBrackets(node)];
}
