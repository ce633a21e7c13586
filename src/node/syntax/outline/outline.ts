import type { Node } from '@vscode/tree-sitter-wasm';
import type { CodeFact, CodeOutline } from '../../../core/explain/codeFacts';
import { calleeOf, oneLine } from './codeText';
import { ruleOf, type Found, type FoundFact } from './rules';

/** The part of a text that is outlined. Offsets in UTF-16 units; `linesBefore` is added to every line. */
export interface OutlineRange {
	readonly from: number;
	readonly to: number;
	readonly linesBefore: number;
}

/** More facts than this nobody reads; the deepest are left out. */
const mostFacts = 60;
/** Calls that are named. */
const mostCalls = 16;
/** Code nested deeper than this was written by a program, and would end the stack. */
const deepest = 200;
/** Some 20 times what a selection of 400 lines has. */
const mostNodes = 100_000;

export function outlineOf(root: Node, range: OutlineRange): CodeOutline {
	const walk = new Walk(range);
	walk.visit(root, 0, 0);
	return walk.outline();
}

class Walk {
	readonly #facts: CodeFact[] = [];
	readonly #calls = new Map<string, Node>();
	#visited = 0;
	#isPartial = false;

	constructor(private readonly range: OutlineRange) {}

	/** @param nesting of nodes; `depth` counts facts. */
	visit(node: Node, depth: number, nesting: number): void {
		const { from, to } = this.range;
		if (node.endIndex <= from || node.startIndex >= to) {
			return;
		}
		if (node.isError || nesting > deepest || this.#visited++ > mostNodes) {
			this.#isPartial = true;
			return;
		}
		const isInside = node.startIndex >= from && node.endIndex <= to;
		this.#children(node, isInside ? this.#tell(node, depth) : undefined, depth, nesting + 1);
	}

	outline(): CodeOutline {
		const facts = [...onlyInside(withoutEmpty(this.#facts)), ...this.#callsFact()];
		const kept = upTo(facts, mostFacts);
		return { facts: merged(kept), isPartial: this.#isPartial || kept.length < facts.length };
	}

	#tell(node: Node, depth: number): Found | undefined {
		this.#isPartial ||= node.hasError;
		this.#noteCall(node);
		const found = ruleOf(node);
		for (const fact of found?.facts ?? []) {
			this.#add(fact, node, depth);
		}
		return found;
	}

	#children(node: Node, found: Found | undefined, depth: number, nesting: number): void {
		for (const child of node.namedChildren) {
			if (child !== null) {
				this.visit(child, found === undefined ? depth : this.#depthOf(child, found, depth), nesting);
			}
		}
	}

	/** The branch for a false condition is a sibling of the condition, under an `else` fact of its own. */
	#depthOf(child: Node, { opens, otherwise, beside }: Found, depth: number): number {
		const isOtherwise = otherwise?.id === child.id;
		const tellsItself = isOtherwise && /^if_|_clause$/.test(child.type);
		if (isOtherwise && !tellsItself) {
			this.#add({ kind: 'else', codes: [] }, child, depth);
		}
		return opens !== true || tellsItself || beside?.(child) === true ? depth : depth + 1;
	}

	#add({ kind, codes, at, until, isInside }: FoundFact, node: Node, depth: number): void {
		const { startPosition } = at ?? node;
		const { endPosition } = until ?? at ?? node;
		const { linesBefore } = this.range;
		this.#facts.push({
			kind,
			codes: codes.map(oneLine),
			firstLine: startPosition.row + 1 + linesBefore,
			lastLine: endPosition.row + 1 + linesBefore,
			depth: isInside === true ? depth + 1 : depth,
		});
	}

	#noteCall(node: Node): void {
		const called = calleeOf(node);
		if (called !== undefined && !this.#calls.has(called.name)) {
			this.#calls.set(called.name, called.at);
		}
	}

	#callsFact(): readonly CodeFact[] {
		const calls = [...this.#calls].toSorted(([, a], [, b]) => a.endIndex - b.endIndex);
		const rows = calls.map(([, { startPosition }]) => startPosition.row + 1 + this.range.linesBefore);
		if (rows.length === 0) {
			return [];
		}
		const names = calls.slice(0, mostCalls).map(([name]) => name);
		const codes = calls.length > mostCalls ? [...names, '…'] : names;
		return [{ kind: 'calls', codes, firstLine: Math.min(...rows), lastLine: Math.max(...rows), depth: 0 }];
	}
}

/** That there is a function without a name is of no use where nothing is told of what it does. */
function withoutEmpty(facts: readonly CodeFact[]): readonly CodeFact[] {
	const kept: CodeFact[] = [];
	for (const fact of facts.toReversed()) {
		if (fact.kind !== 'inner' || (kept.at(-1)?.depth ?? 0) > fact.depth) {
			kept.push(fact);
		}
	}
	return kept.toReversed();
}

/** Where one definition is all there is, the reader knows that: what is in it comes up. */
function onlyInside(facts: readonly CodeFact[]): readonly CodeFact[] {
	const [first, ...rest] = facts;
	if (first?.kind !== 'defines' || rest.length === 0 || rest.some(({ depth }) => depth === 0)) {
		return facts;
	}
	return rest.map(fact => ({ ...fact, depth: fact.depth - 1 }));
}

/** As deep as there is room. */
function upTo(facts: readonly CodeFact[], most: number): readonly CodeFact[] {
	let kept = facts;
	for (let depth = Math.max(0, ...facts.map(fact => fact.depth)); kept.length > most && depth > 0; depth--) {
		kept = kept.filter(fact => fact.depth < depth);
	}
	return kept.length > most ? [...kept.slice(0, most - 1), ...kept.slice(-1)] : kept;
}

/** Changes and fields in a row make one fact. */
function merged(facts: readonly CodeFact[]): readonly CodeFact[] {
	const result: CodeFact[] = [];
	for (const fact of facts) {
		const before = result.at(-1);
		const isMore = (fact.kind === 'sets' || fact.kind === 'holds') && before?.kind === fact.kind;
		if (before === undefined || !isMore || before.depth !== fact.depth) {
			result.push(fact);
			continue;
		}
		const codes = [...new Set([...before.codes, ...fact.codes])];
		result[result.length - 1] = { ...before, codes, lastLine: Math.max(before.lastLine, fact.lastLine) };
	}
	return result;
}
