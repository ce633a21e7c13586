import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findBlockEnd } from '../../src/core/completion/stopBlock';
import type { StopReason } from '../../src/core/completion/stopReason';
import { openScope } from '../../src/core/completion/syntaxScope';
import { editSimilarity } from '../../src/core/evaluation/editSimilarity';
import { judge } from '../../src/core/evaluation/judge';
import { postprocess } from '../../src/core/postprocess/pipeline';
import { linePrefix } from '../../src/core/text/documentSnapshot';
import { EngineHost } from '../../src/node/engine/engineHost';
import { patientHeartbeat } from '../../src/node/engine/heartbeat';
import { readRepository } from '../../src/node/evaluation/readRepository';
import { grammarOf } from '../../src/node/syntax/grammars';
import { ParserThread } from '../../src/node/syntax/parserThread';
import { nanoModel } from '../../test/support/gguf';
import { damage, damages, type Damage } from './damage';
import { scopePlaces, type ScopePlace } from './scopePlaces';

/**
 * Where does a text of several lines leave the scope that the cursor is in? By indentation alone, as the engine ends it,
 * beside what the parser says of that (`docs/decisions.md`, 56). Of the author's own text, which goes on for nine lines
 * behind the block, and of what the model in the box writes; in code as it is and with its indentation damaged. Python is
 * left out of the latter, where indentation is syntax:
 *
 *     node esbuild.mjs && npx tsx bench/syntax/scopeTrial.ts --repo FOLDER … [--places PER_LANGUAGE] [--model]
 */
const { values } = parseArgs({
	options: {
		repo: { type: 'string', multiple: true, default: [] },
		places: { type: 'string', default: '100' },
		model: { type: 'boolean', default: false },
	},
});
const root = join(import.meta.dirname, '../..');
const linesBehind = 9;
/** The window that the editor passes on, and so the text that the model sees. UTF-16 units. */
const window = { before: 48_000, after: 16_000 };

interface Variant {
	right: number;
	exact: number;
	similarity: number;
}

class Tally {
	texts = 0;
	untold = 0;
	cut = 0;
	/** Right before and not after, and the other way round; as shown. */
	lost = 0;
	won = 0;
	readonly ended = { indentation: nothing(), both: nothing() };
	/** Behind the filters. */
	readonly shown = { indentation: nothing(), both: nothing() };
}

const tallies = new Map<string, Tally>();
const thread = new ParserThread({
	entry: join(root, 'dist/syntax.cjs'),
	patienceMs: 60_000,
	onLog: message => process.stderr.write(`${message}\n`),
});
const files = (await Promise.all(values.repo.map(path => readRepository(path)))).flat();
const known = files.filter(({ languageId }) => grammarOf(languageId) !== undefined);
const places = scopePlaces(known, Number(values.places));
const host = values.model ? engine() : undefined;
for (const kind of damages) {
	for (const [seed, place] of places.entries()) {
		if (kind === 'none' || place.file.languageId !== 'python') {
			await tryAt(damaged(place, kind, seed), kind);
		}
	}
}
await host?.stop();
thread.dispose();
const result = {
	command: `npx tsx bench/syntax/scopeTrial.ts ${process.argv.slice(2).join(' ')}`,
	says: values.model ? 'the model in the box' : 'the author',
	...Object.fromEntries(tallies),
};
process.stdout.write(`${JSON.stringify(result, undefined, '\t')}\n`);

function nothing(): Variant {
	return { right: 0, exact: 0, similarity: 0 };
}

function engine(): EngineHost {
	return new EngineHost({
		entry: join(root, 'dist/engine.mjs'),
		choice: () => ({ complete: nanoModel, explain: nanoModel, threads: 1 }),
		onState: () => undefined,
		onLog: () => undefined,
		heartbeat: patientHeartbeat,
	});
}

function damaged(place: ScopePlace, kind: Damage, seed: number): ScopePlace {
	const [prefix = '', hidden = '', suffix = ''] = damage([place.prefix, place.hidden, place.suffix], kind, seed);
	return { ...place, prefix, hidden, suffix };
}

/** With the lines behind the block below the cursor, and without. */
async function tryAt(place: ScopePlace, kind: Damage): Promise<void> {
	const more = place.suffix.split('\n').slice(0, linesBehind).join('\n');
	for (const suffix of [place.suffix, place.suffix.slice(more.length)]) {
		const seen = { ...place, suffix };
		const says = host === undefined ? { text: place.hidden + more } : await askModel(host, seen);
		await count(seen, says, wanted(place), kind);
	}
}

/** With the line that closes what was opened at the cursor. */
function wanted({ situation, hidden, suffix }: ScopePlace): string {
	const closer = situation === 'opener' ? /^\n[ \t]*\}[^\n]*/.exec(suffix)?.[0] : undefined;
	return hidden + (closer ?? '');
}

interface Said {
	readonly text: string;
	readonly stopReason?: StopReason;
}

async function askModel(asked: EngineHost, { file, prefix, suffix }: ScopePlace): Promise<Said> {
	const around = { prefix: prefix.slice(-window.before), suffix: suffix.slice(0, window.after) };
	const { path, languageId } = file;
	const query = {
		path,
		languageId,
		...around,
		pieces: [],
		extent: 'block',
		maxTokens: 120,
		probabilityFloor: 0,
	} as const;
	return asked.complete(query, new AbortController().signal);
}

async function count(place: ScopePlace, said: Said, whole: string, kind: Damage): Promise<void> {
	const { file, prefix, suffix } = place;
	const text = findBlockEnd(linePrefix({ prefix }), said.text) ?? said.text;
	if (!text.includes('\n')) {
		return;
	}
	const document = { ...file, prefix, suffix };
	const scopeEnd = await openScope(thread, { document }, { extent: 'block' })(text);
	const both = text.slice(0, scopeEnd);
	const show = (end: number | undefined): string => {
		const stopReason = text === said.text && end === undefined ? said.stopReason : 'end-of-block';
		return postprocess({ text, replaceAfter: 0 }, { ...document, stopReason, scopeEnd: end }).shown?.text ?? '';
	};
	const tally = tallyOf(`${file.languageId}, ${kind}`);
	tally.texts++;
	tally.untold += Number(scopeEnd === undefined);
	tally.cut += Number(both.length < text.length);
	add(tally.ended, { indentation: text, both }, whole);
	const before = show(undefined);
	const after = both.length < text.length ? show(scopeEnd) : before;
	add(tally.shown, { indentation: before, both: after }, whole);
	tally.lost += Number(isRight(before, whole) && !isRight(after, whole));
	tally.won += Number(!isRight(before, whole) && isRight(after, whole));
}

function tallyOf(name: string): Tally {
	const tally = tallies.get(name) ?? new Tally();
	tallies.set(name, tally);
	return tally;
}

function add(
	variants: Record<'indentation' | 'both', Variant>,
	texts: Readonly<Record<'indentation' | 'both', string>>,
	whole: string,
): void {
	for (const name of ['indentation', 'both'] as const) {
		const { isRight: right, isExact } = judge(texts[name], whole);
		variants[name].right += Number(right);
		variants[name].exact += Number(isExact);
		variants[name].similarity += editSimilarity(texts[name].trim(), whole.trim());
	}
}

function isRight(text: string, whole: string): boolean {
	return judge(text, whole).isRight;
}
