import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hunksOf } from './hunks';
import { randomNumbers, Typist } from './typist';

/** Writes the typing traces anew: `npx tsx bench/traces/makeTraces.ts`. The same each time. */
const fixtures = join(import.meta.dirname, '../../test/fixtures/workspace/src');

function fixture(name: string): string {
	return readFileSync(join(fixtures, name), 'utf8');
}

/** A file as long as those that people work in: the parts again and again, their names numbered. */
function longFile(parts: readonly string[], times: number): string {
	const numbered = (text: string, round: number): string =>
		text.replaceAll(/\b(?:Item|total|count|Queue|Box|stock|sum)\b/g, name => `${name}${round}`);
	return Array.from({ length: times }, (_, round) => parts.map(part => numbered(part, round)).join('\n')).join('\n');
}

/** New code in the middle of a long file: what stands below has to be seen, and never changes. */
function functionInTheMiddle(): Typist {
	const typist = new Typist('src/cart.ts', longFile([fixture('cart.ts'), fixture('box.ts')], 4), randomNumbers(1));
	typist.jumpTo('export function total1');
	typist.jumpTo('export interface Item2');
	typist.jumpTo('quantity: number;');
	typist.jumpTo('let sum2 = 0;');
	typist.write(
		'\n\tif (items.length === 0) {\n\t\treturn sum2;\n\t}\n\tconst prices = items.map(item => item.price);' +
			'\n\tfor (const price of prices) {\n\t\tif (price > 0) {\n\t\t\tsum2 += price;\n\t\t}\n\t}',
	);
	return typist;
}

/** A new file from nothing to its end, long enough for the anchor to move. */
function newFile(): Typist {
	const typist = new Typist('src/inventory.py', '', randomNumbers(2));
	const text = fixture('inventory.py');
	for (const [thing, place] of [
		['stock', 'Inventory'],
		['shelf', 'Warehouse'],
		['cart', 'Basket'],
		['house', 'Household'],
	] as const) {
		typist.write(`${text.replaceAll('stock', thing).replaceAll('Inventory', place)}\n\n`);
	}
	return typist;
}

/** Small changes here and there: each jump is a new place, within brackets too. */
function hereAndThere(): Typist {
	const typist = new Typist('src/queue.js', longFile([fixture('queue.js'), fixture('cart.ts')], 3), randomNumbers(3));
	for (const round of [0, 2, 1, 0]) {
		typist.jumpTo(`class Queue${round} `);
		typist.write('\n\tisEmpty() {\n\t\treturn this.items.length === 0;\n\t}\n');
		typist.jumpTo(`export function total${round}(`);
		typist.write('\n\tconst first = items[0];\n\tconsole.log(first.name, (first.price));');
		typist.jumpTo(`let sum${round} = 0;`);
		typist.write(' // of all items');
	}
	return typist;
}

/** The changes of two commits of this repository to one file each, hunk by hunk, with the files as they were before. */
function realCommits(): Typist {
	const changes = [
		{ commit: '7ead8c5', file: 'src/node/engine/engineHost.ts' },
		{ commit: 'fe6a982', file: 'src/extension/completion/completionFeature.ts' },
	];
	let typist: Typist | undefined;
	for (const { commit, file } of changes) {
		const text = git('show', `${commit}~:${file}`);
		if (typist === undefined) {
			typist = new Typist(file, text, randomNumbers(4));
		} else {
			typist.open(file, text);
		}
		for (const { line, removed, added } of hunksOf(git('diff', '-U0', `${commit}~`, commit, '--', `:/${file}`))) {
			typist.jumpToLine(line);
			if (removed > 0) {
				typist.removeLines(removed);
			}
			typist.write(added.map(text => `\n${text}`).join(''));
		}
	}
	if (typist === undefined) {
		throw new Error('There is no change.');
	}
	return typist;
}

function git(...words: readonly string[]): string {
	return execFileSync('git', words, { cwd: import.meta.dirname, encoding: 'utf8' });
}

for (const [name, typist] of Object.entries({
	'function-in-the-middle': functionInTheMiddle(),
	'new-file': newFile(),
	'here-and-there': hereAndThere(),
	'real-commits': realCommits(),
})) {
	const lines = typist.events.map(event => `${JSON.stringify(event)}\n`).join('');
	writeFileSync(join(import.meta.dirname, `${name}.jsonl`), lines);
}
