import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { languageOf } from '../../src/node/languages/languageTable';
import { ParserThread } from '../../src/node/syntax/parserThread';
import { quantile } from '../statistics';

/**
 * Measures the cost of scope by syntax: the time of the host's own thread at a key, and how long an answer waits for the parser, which
 * has read the document while the model wrote. Documents of 100, 1 000 and 5 000 lines, made of those of the files named,
 * in which a key is typed at places spread over them, in a line of its own and then behind an open bracket:
 *
 *     node esbuild.mjs && npx tsx bench/syntax/parserTimes.ts FILE …
 */
const places = 20;
/** The least time that the model takes; the document is parsed in it. Milliseconds. */
const modelMs = 40;
const says = 'first(one);\n\tsecond(two);\n\tthird(three);';

for (const path of process.argv.slice(2)) {
	const source = readFileSync(path, 'utf8').split('\n');
	for (const count of [100, 1000, 5000]) {
		const lines = Array.from({ length: count }, (_, index) => source[index % source.length] ?? '');
		for (const typed of ['\n\t', '\n\tif (x']) {
			process.stdout.write(`${path}, ${count} lines, ${JSON.stringify(typed)}: ${await timesOf(path, lines, typed)}\n`);
		}
	}
}

async function timesOf(path: string, lines: readonly string[], typed: string): Promise<string> {
	const thread = new ParserThread({
		entry: join(import.meta.dirname, '../../dist/syntax.cjs'),
		patienceMs: 10_000,
		onLog: message => process.stderr.write(`${message}\n`),
	});
	const languageId = languageOf(path);
	const host: number[] = [];
	const waited: number[] = [];
	const first = performance.now();
	await thread.open({ uri: path, languageId, prefix: lines.join('\n'), suffix: '' })(says);
	const cold = performance.now() - first;
	for (let place = 0; place < places; place++) {
		const row = Math.floor((lines.length * (place + 1)) / (places + 1));
		const prefix = lines.slice(0, row).join('\n') + typed;
		const suffix = `\n${lines.slice(row).join('\n')}`;
		const started = performance.now();
		const endOf = thread.open({ uri: path, languageId, prefix, suffix });
		const opening = performance.now() - started;
		await setTimeout(modelMs);
		const asked = performance.now();
		const answer = endOf(says);
		host.push(opening + performance.now() - asked);
		await answer;
		waited.push(performance.now() - asked);
	}
	thread.dispose();
	return `host ${summary(host)}, waited ${summary(waited)}, first of all ${cold.toFixed(0)} ms`;
}

function summary(times: readonly number[]): string {
	return `${quantile(times, 0.5).toFixed(2)} ms (p95 ${quantile(times, 0.95).toFixed(2)})`;
}
