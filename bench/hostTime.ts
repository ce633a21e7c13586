import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { PieceIndex } from '../src/core/context/pieceIndex';
import { rankPieces, type RankedPiece } from '../src/core/context/rankPieces';
import { textualDefinitions } from '../src/core/context/definitions/textualDefinitions';
import { referencedNames } from '../src/core/context/definitions/referencedNames';
import type { OpenFile } from '../src/core/context/openFile';
import type { DocumentSnapshot } from '../src/core/text/documentSnapshot';
import { readRepository } from '../src/node/evaluation/readRepository';
import { typeWhatIsShown } from './typingShown';

/**
 * Measures the cost of choosing pieces for the extension host at a key press, with 20 open and 10 closed files: the largest ones of this
 * repository's own sources, while a document of 48 000 characters is typed anew. Indexing is done before, as in the editor.
 * And what a key costs that types what is on screen.
 */
const open = 20;
const closed = 10;
const keys = 1500;
/** UTF-16 units. */
const longestDocument = 48_000;
const root = join(import.meta.dirname, '..');

async function main(): Promise<void> {
	const sources = await readRepository(join(root, 'src'));
	const largest = sources.toSorted((a, b) => b.text.length - a.text.length);
	const [first, ...others] = largest;
	if (first === undefined) {
		throw new Error('There are no sources.');
	}
	// As long as what the editor hands over at most.
	const text = largest
		.map(file => file.text)
		.join('\n')
		.slice(0, longestDocument);
	const typed = { ...first, text };
	const files = others
		.slice(0, open + closed)
		.map((file, index): OpenFile => (index < open ? file : { ...file, source: 'recent' }));
	const index = new PieceIndex();
	const indexing = files.map(file =>
		timed(() => {
			index.prepare(file);
		}),
	);
	let previous: readonly RankedPiece[] = [];
	const ranking: number[] = [];
	const naming: number[] = [];
	for (let key = 0; key < keys; key++) {
		const document = at(typed, Math.floor((typed.text.length * (key + 1)) / (keys + 1)));
		const offered = textualDefinitions(document, sources); // not timed: in the editor this is a look-up
		naming.push(timed(() => referencedNames(document, 8)));
		ranking.push(
			timed(() => {
				previous = rankPieces(document, files, { index, previous, offered });
			}),
		);
	}
	const shown = await typeWhatIsShown(typed, 200);
	const result = {
		command: 'npx tsx bench/hostTime.ts',
		load: loadavg()[0],
		processor: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, shared`,
		files: files.length,
		characters: files.reduce((sum, { text }) => sum + text.length, 0),
		keys,
		milliseconds: {
			ranking: figures(ranking),
			namesAtTheCursor: figures(naming),
			indexingOneFileBefore: figures(indexing),
			typingWhatIsShown: figures(shown.milliseconds),
			typingWhatIsShownProcessor: figures(shown.processorMilliseconds),
		},
		typingWhatIsShown: {
			keys: shown.milliseconds.length,
			answeredFromMemory: shown.answeredFromMemory,
			digest: shown.digest,
		},
	};
	await writeFile(join(root, 'bench/results/host-time.json'), `${JSON.stringify(result, null, '\t')}\n`);
	const { milliseconds, typingWhatIsShown } = result;
	process.stdout.write(`${JSON.stringify({ milliseconds, typingWhatIsShown }, null, '\t')}\n`);
}

function at({ uri, path, languageId, version, text }: OpenFile, offset: number): DocumentSnapshot {
	return { uri, path, languageId, version, prefix: text.slice(0, offset), suffix: text.slice(offset) };
}

function timed(work: () => unknown): number {
	const start = performance.now();
	work();
	return performance.now() - start;
}

function figures(times: readonly number[]): { median: number; p95: number; most: number } {
	const sorted = times.toSorted((a, b) => a - b);
	const of = (share: number): number =>
		Math.round(1000 * (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)) / 1000;
	return { median: of(0.5), p95: of(0.95), most: of(1) };
}

await main();
