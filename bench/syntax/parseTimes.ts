import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { languageOf } from '../../src/node/cli/textFile';
import { quantile } from '../statistics';
import { loadParsers, type Parser } from './grammars';

/**
 * Processor time of parsing 100, 1 000 and 5 000 lines, whole and again behind one edit; made of the lines of the files
 * named, repeated where they do not suffice. What `--grammars` names is told in `grammars.ts`.
 *
 *     npx tsx bench/syntax/parseTimes.ts --grammars FOLDER FILE …
 */
const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { grammars: { type: 'string', default: '.' } },
});
const places = 20;

for (const path of positionals) {
	const languageId = languageOf(path);
	const parser = (await loadParsers(values.grammars, [languageId])).get(languageId);
	const source = readFileSync(path, 'utf8').split('\n');
	for (const count of [100, 1000, 5000]) {
		const lines = Array.from({ length: count }, (_, index) => source[index % source.length] ?? '');
		if (parser !== undefined) {
			const [blank, bracket] = [timesBehind(' ', lines, parser), timesBehind(' if (x', lines, parser)];
			const figures = `whole ${summary(blank.whole)}, again behind a blank ${summary(blank.again)}, behind an open bracket ${summary(bracket.again)}`;
			process.stdout.write(`${languageId}, ${count} lines: ${figures}\n`);
		}
	}
}

/** Milliseconds, for edits at places spread over the text. */
function timesBehind(
	insert: string,
	lines: readonly string[],
	parser: Parser,
): { readonly whole: readonly number[]; readonly again: readonly number[] } {
	const text = lines.join('\n');
	const whole: number[] = [];
	const again: number[] = [];
	for (let place = 0; place < places; place++) {
		const row = Math.floor((lines.length * (place + 1)) / (places + 1));
		const at = lines.slice(0, row + 1).join('\n').length;
		const column = lines[row]?.length ?? 0;
		const started = processorMs();
		const tree = parser.parse(text);
		whole.push(processorMs() - started);
		tree.edit({
			...{ startIndex: at, oldEndIndex: at, newEndIndex: at + insert.length },
			...{ startPosition: { row, column }, oldEndPosition: { row, column } },
			newEndPosition: { row, column: column + insert.length },
		});
		const edited = processorMs();
		const next = parser.parse(text.slice(0, at) + insert + text.slice(at), tree);
		again.push(processorMs() - edited);
		tree.delete();
		next.delete();
	}
	return { whole, again };
}

function processorMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

function summary(times: readonly number[]): string {
	return `${quantile(times, 0.5).toFixed(1)} ms (p95 ${quantile(times, 0.95).toFixed(1)})`;
}
