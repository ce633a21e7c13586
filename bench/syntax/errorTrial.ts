import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { judge } from '../../src/core/evaluation/judge';
import type { FilterContext } from '../../src/core/postprocess/filter';
import { postprocess } from '../../src/core/postprocess/pipeline';
import { loadParsers, type Parser, type SyntaxNode } from './grammars';

/**
 * What a parser would add behind the filters: of what they show, how much would add a syntax error, and how much of that
 * is right nevertheless (`docs/decisions.md`, 36). What `--grammars` names is told in `grammars.ts`.
 *
 *     npx tsx bench/syntax/errorTrial.ts --grammars FOLDER RECORDED.jsonl …
 */
const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { grammars: { type: 'string', default: '.' } },
});

interface Recorded extends FilterContext {
	readonly model: string;
	readonly situation: string;
	readonly says: string;
	readonly hidden: string;
}

const parsers = await loadParsers(values.grammars);

interface Count {
	positions: number;
	shown: number;
	right: number;
	vetoed: number;
	vetoedRight: number;
}
const counts = new Map<string, Count>();
for (const path of positionals) {
	for (const line of readFileSync(path, 'utf8').trimEnd().split('\n')) {
		const record = JSON.parse(line) as Recorded;
		const parser = parsers.get(record.languageId);
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
	const found = errorsBelow(tree.rootNode);
	tree.delete();
	return found;
}

function errorsBelow(node: SyntaxNode): number {
	const own = node.isError || node.isMissing ? 1 : 0;
	return own + (node.hasError ? node.children.reduce((sum, child) => sum + errorsBelow(child), 0) : 0);
}
