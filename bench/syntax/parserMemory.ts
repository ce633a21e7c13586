import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { languageOf } from '../../src/node/languages/languageTable';
import { ParserThread } from '../../src/node/syntax/parserThread';

/**
 * Memory of this process as the parser's thread is started, as each file is read in it, and then over many keys in each: at
 * every key the document is opened and an answer asked about.
 *
 *     node esbuild.mjs && node --expose-gc --import=tsx bench/syntax/parserMemory.ts [--keys 1000] FILE …
 */
const { values, positionals } = parseArgs({
	options: { keys: { type: 'string', default: '1000' } },
	allowPositionals: true,
});
const keys = Number(values.keys);
const told = 250;
const says = 'first(one);\n\tsecond(two);\n\tthird(three);';
const thread = new ParserThread({
	entry: join(import.meta.dirname, '../../dist/syntax.cjs'),
	patienceMs: 10_000,
	onLog: message => process.stderr.write(`${message}\n`),
});
const files = positionals.map(path => ({ path, text: readFileSync(path, 'utf8') }));

tell('without it');
for (const { path, text } of files) {
	await type(path, text, 0);
	tell(`${languageOf(path)}, ${text.length} characters`);
}
for (const { path, text } of files) {
	for (let key = 1; key <= keys; key++) {
		await type(path, text, key);
		if (key % told === 0) {
			tell(`${languageOf(path)}, ${key} keys`);
		}
	}
}
thread.dispose();

/** At places spread over the file, a line that grows. */
async function type(path: string, text: string, key: number): Promise<void> {
	const lines = text.split('\n');
	const row = Math.floor((lines.length * (key % 10)) / 10);
	const typed = `\n\tif (x${'y'.repeat(key % 40)}`;
	const prefix = lines.slice(0, row).join('\n') + typed;
	const suffix = `\n${lines.slice(row).join('\n')}`;
	await thread.open({ uri: path, languageId: languageOf(path), prefix, suffix })(says);
}

function tell(what: string): void {
	globalThis.gc?.();
	process.stdout.write(`${what}: ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB\n`);
}
