import { build } from 'esbuild';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findBlockEnd } from '../../src/core/completion/stopBlock';
import { indentation, opensBlock } from '../../src/core/completion/stopText';
import { editSimilarity } from '../../src/core/evaluation/editSimilarity';
import { judge } from '../../src/core/evaluation/judge';
import { postprocess } from '../../src/core/postprocess/pipeline';
import { linePrefix } from '../../src/core/text/documentSnapshot';
import { EngineHost } from '../../src/node/engine/engineHost';
import { readRepository } from '../../src/node/evaluation/readRepository';
import { bundledModel } from '../../test/support/gguf';
import { loadParsers } from './grammars';
import { scopePlaces, type ScopePlace } from './scopePlaces';
import { cutByScope, type ScopeQuestion } from './syntaxScope';

/**
 * Where does a text of several lines leave the scope that the cursor is in? By indentation, as `findBlockEnd` says, beside
 * what a parser says of the whole file (`docs/decisions.md`, 45). Of the author's own text, which goes on for nine lines
 * behind the block, and of what the model in the box writes when nothing ends it there:
 *
 *     npx tsx bench/syntax/scopeTrial.ts --grammars FOLDER --repo FOLDER … [--places PER_LANGUAGE] [--model]
 *
 * What `--grammars` names is told in `grammars.ts`.
 */
const { values } = parseArgs({
	options: {
		grammars: { type: 'string', default: '.' },
		repo: { type: 'string', multiple: true, default: [] },
		places: { type: 'string', default: '100' },
		model: { type: 'boolean', default: false },
	},
});
const root = join(import.meta.dirname, '../..');
const linesBehind = 9;
const languages = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'python'];

interface Variant {
	right: number;
	exact: number;
	similarity: number;
}
type Variants = Record<'indentation' | 'syntax' | 'both', Variant>;

const counts = { texts: 0, undecided: 0, differing: 0, syntaxBetter: 0, syntaxWorse: 0, bothDiffering: 0 };
const variants: Variants = { indentation: nothing(), syntax: nothing(), both: nothing() };
const parsers = await loadParsers(values.grammars, languages);
const files = (await Promise.all(values.repo.map(path => readRepository(path)))).flat();
const known = files.filter(({ languageId }) => languages.includes(languageId));
const places = scopePlaces(known, Number(values.places));
if (values.model) {
	await askModel();
} else {
	for (const place of places) {
		const more = place.suffix.split('\n').slice(0, linesBehind).join('\n');
		const says = place.hidden + more;
		count(place, { ...place, says }, text => text);
		count(place, { ...place, says, suffix: place.suffix.slice(more.length) }, text => text);
	}
}
process.stdout.write(`${JSON.stringify({ ...counts, ...variants }, undefined, '\t')}\n`);

function nothing(): Variant {
	return { right: 0, exact: 0, similarity: 0 };
}

/** @param show what is shown of a text. */
function count(place: ScopePlace, question: ScopeQuestion, show: (text: string) => string): void {
	const parser = parsers.get(place.file.languageId);
	if (parser === undefined || !question.says.includes('\n')) {
		return;
	}
	const before = linePrefix(question);
	const indented = findBlockEnd(before, question.says) ?? question.says;
	const cut = cutByScope(question, parser);
	const parsed = cut === undefined ? indented : endedByLines(before, cut);
	const both = indented.length < parsed.length ? indented : parsed;
	counts.texts++;
	counts.undecided += Number(cut === undefined);
	tally({ indentation: show(indented), syntax: show(parsed), both: show(both) }, wantedAt(place));
}

/** With the line that closes what was opened at the cursor, where the author's text is not followed by it. */
function wantedAt({ situation, hidden, suffix }: ScopePlace): string {
	const closer = situation === 'opener' && !values.model ? /^\n[ \t]*\}[^\n]*/.exec(suffix)?.[0] : undefined;
	return hidden + (closer ?? '');
}

function tally(shown: Readonly<Record<keyof Variants, string>>, wanted: string): void {
	const likeness = (text: string): number => editSimilarity(text.trim(), wanted.trim());
	const gain = likeness(shown.syntax) - likeness(shown.indentation);
	counts.differing += Number(isOther(shown.syntax, shown.indentation));
	counts.bothDiffering += Number(isOther(shown.both, shown.indentation));
	counts.syntaxBetter += Number(gain > 0);
	counts.syntaxWorse += Number(gain < 0);
	for (const name of ['indentation', 'syntax', 'both'] as const) {
		const { isRight, isExact } = judge(shown[name], wanted);
		variants[name].right += Number(isRight);
		variants[name].exact += Number(isExact);
		variants[name].similarity += likeness(shown[name]);
	}
}

function isOther(one: string, other: string): boolean {
	return one.trimEnd() !== other.trimEnd();
}

/** What ends a text beside its scope: ten lines, and on an empty line a blank one between two statements. */
function endedByLines(cursorLine: string, text: string): string {
	const lines = (cursorLine + text).split('\n').slice(0, 10);
	const depth = Math.max(indentation(cursorLine), indentation(lines.find(line => line.trim() !== '') ?? ''));
	const isBetween = (above: string): boolean =>
		above.trim() !== '' && indentation(above) <= depth && !opensBlock(above);
	const blank = lines.findIndex((line, index) => line.trim() === '' && isBetween(lines[index - 1] ?? ''));
	const kept = cursorLine.trim() === '' && blank !== -1 ? lines.slice(0, blank) : lines;
	return kept.join('\n').slice(cursorLine.length);
}

async function askModel(): Promise<void> {
	const entry = await buildUnscoped();
	const host = new EngineHost({
		entry,
		choice: () => ({ complete: bundledModel, explain: bundledModel, threads: 1 }),
		onState: () => undefined,
		onLog: () => undefined,
		// Parsing keeps this process from listening.
		heartbeat: { intervalMs: 2000, startMs: 180_000, timeoutMs: 180_000 },
	});
	try {
		for (const place of places) {
			const { file, prefix, suffix } = place;
			for (const seen of [suffix, suffix.replace(/^\s*[)\]}][^\n]*/, '')]) {
				await askAt(host, { ...place, suffix: seen }, { path: file.path, languageId: file.languageId, prefix });
			}
		}
	} finally {
		await host.stop();
		rmSync(entry, { force: true });
	}
}

async function askAt(
	host: EngineHost,
	place: ScopePlace,
	document: { readonly path: string; readonly languageId: string; readonly prefix: string },
): Promise<void> {
	const around = { ...document, prefix: place.prefix.slice(-48_000), suffix: place.suffix.slice(0, 16_000) };
	const query = { ...around, pieces: [], extent: 'block', maxTokens: 120, probabilityFloor: 0 } as const;
	const { text: says, stopReason } = await host.complete(query, new AbortController().signal);
	count(place, { ...place, says }, text => {
		const context = { ...around, stopReason: text === says ? stopReason : 'end-of-block' };
		return postprocess({ text, replaceAfter: 0 }, context).shown?.text ?? '';
	});
}

/** The engine with no end of a block. */
async function buildUnscoped(): Promise<string> {
	const outfile = join(root, 'dist/engineWithoutScope.mjs');
	const noEnd = { contents: 'export function findBlockEnd() { return undefined; }', loader: 'ts' } as const;
	const require =
		"import { createRequire as sottoRequire } from 'node:module'; const require = sottoRequire(import.meta.url);";
	await build({
		...{ entryPoints: [join(root, 'src/engine/main.ts')], outfile, bundle: true, platform: 'node', format: 'esm' },
		external: ['node-llama-cpp'],
		banner: { js: require },
		plugins: [
			{
				name: 'no scope',
				setup: bundle => {
					bundle.onLoad({ filter: /stopBlock\.ts$/ }, () => noEnd);
				},
			},
		],
	});
	return outfile;
}
