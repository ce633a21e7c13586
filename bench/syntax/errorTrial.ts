import type { Node, Parser } from '@vscode/tree-sitter-wasm';
import { readFileSync } from 'node:fs';
import { judge } from '../../src/core/evaluation/judge';
import type { FilterContext } from '../../src/core/postprocess/filter';
import { postprocess } from '../../src/core/postprocess/pipeline';
import { loadParser } from './grammars';

/**
 * Measures the gain of a parser after the filters: of what they show, how much would add a syntax error, and how much of that
 * is right nevertheless (`docs/decisions.md`, 36).
 *
 *     npx tsx bench/syntax/errorTrial.ts RECORDED.jsonl …
 */
interface Recorded extends FilterContext {
	readonly model: string;
	readonly situation: string;
	readonly says: string;
	readonly hidden: string;
}

interface Count {
	positions: number;
	shown: number;
	right: number;
	vetoed: number;
	vetoedRight: number;
}
const counts = new Map<string, Count>();
const parsers = new Map<string, Parser | undefined>();
for (const path of process.argv.slice(2)) {
	for (const line of readFileSync(path, 'utf8').trimEnd().split('\n')) {
		const record = JSON.parse(line) as Recorded;
		const { languageId } = record;
		const parser = parsers.has(languageId) ? parsers.get(languageId) : await loadParser(languageId);
		parsers.set(languageId, parser);
		if (parser !== undefined) {
			count(record, parser);
		}
	}
}
for (const [name, found] of counts) {
	process.stdout.write(`${name}: ${JSON.stringify(found)}\n`);
}

function count(record: Recorded, parser: Parser): void {
	const name = `${record.model}, ${record.situation}`;
	const found = counts.get(name) ?? { positions: 0, shown: 0, right: 0, vetoed: 0, vetoedRight: 0 };
	counts.set(name, found);
	found.positions++;
	const { prefix, suffix, says, hidden } = record;
	const { shown } = postprocess({ text: says, replaceAfter: 0 }, record);
	if (shown === undefined) {
		return;
	}
	const isRight = judge(shown.text, hidden).isRight;
	const after = prefix + shown.text + suffix.slice(shown.replaceAfter);
	const isVetoed = errorsIn(after, parser) > errorsIn(prefix + suffix, parser);
	found.shown++;
	found.right += isRight ? 1 : 0;
	found.vetoed += isVetoed ? 1 : 0;
	found.vetoedRight += isVetoed && isRight ? 1 : 0;
}

function errorsIn(text: string, parser: Parser): number {
	const tree = parser.parse(text);
	const found = tree === null ? 0 : errorsBelow(tree.rootNode);
	tree?.delete();
	return found;
}

function errorsBelow(node: Node | null): number {
	if (node === null) {
		return 0;
	}
	const own = node.isError || node.isMissing ? 1 : 0;
	return own + (node.hasError ? node.children.reduce((sum, child) => sum + errorsBelow(child), 0) : 0);
}
