/**
 * The author's own text as the answer, at real places, through all filters: what they make of an answer that is right. No
 * model is asked. Prints how many answers each filter was the first to drop or to change, and with `--show` which.
 *
 *     npx tsx bench/filterLosses.ts --positions 150 --data FOLDER --out FILE.json [--before FILE.json] [--show]
 *
 * FOLDER has the sets of packages as `python -m training.unpack` leaves them. `--before` compares with a run of another
 * build, and shows only what that one kept.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { table } from '../src/core/evaluation/markdownTable';
import { choosePositions } from '../src/core/evaluation/positions';
import { languageGroup, type SourceFile } from '../src/core/evaluation/sourceFile';
import { readRepository } from '../src/node/evaluation/readRepository';
import { evaluationSets, foldersOf } from './evaluationSets/packages';
import { answersOf, lossOf, type FilterLoss } from './filterLosses/losses';

const { values } = parseArgs({
	options: {
		positions: { type: 'string', default: '150' },
		data: { type: 'string' },
		out: { type: 'string' },
		before: { type: 'string' },
		show: { type: 'boolean', default: false },
	},
});
if (values.data === undefined) {
	throw new Error('Name the folder with the unpacked sets: --data FOLDER');
}
const data = resolve(values.data);
const seed = 13;

async function sourcesOf(language: string): Promise<readonly SourceFile[]> {
	const files: SourceFile[] = [];
	for (const { folder, packages } of Object.values(evaluationSets)) {
		const unpacked = join(data, folder);
		for (const name of foldersOf(packages[language] ?? [], readdirSync(unpacked))) {
			files.push(...(await readRepository(join(unpacked, name))));
		}
	}
	return files.filter(file => languageGroup(file.languageId) === language);
}

const answers = { count: 0, byLanguage: new Map<string, number>() };
const losses: FilterLoss[] = [];
for (const language of ['typescript', 'javascript', 'python', 'go', 'rust']) {
	const files = await sourcesOf(language);
	const positions = choosePositions(files, { perLanguage: Number(values.positions), seed });
	for (const answer of positions.flatMap(answersOf)) {
		answers.byLanguage.set(language, (answers.byLanguage.get(language) ?? 0) + 1);
		const loss = lossOf(answer);
		if (loss !== undefined) {
			losses.push(loss);
		}
	}
}
if (values.out !== undefined) {
	writeFileSync(values.out, JSON.stringify(losses));
}
const earlier =
	values.before !== undefined && existsSync(values.before)
		? (JSON.parse(readFileSync(values.before, 'utf8')) as readonly FilterLoss[])
		: undefined;
const known = new Set(earlier?.map(({ place }) => place));
const fresh = losses.filter(({ place }) => !known.has(place));

function count(list: readonly FilterLoss[] | undefined, filter: string, what: FilterLoss['what']): string {
	return list === undefined ? '' : String(list.filter(loss => loss.filter === filter && loss.what === what).length);
}

const names = [...new Set([...losses, ...(earlier ?? [])].map(({ filter }) => filter))].sort();
process.stdout.write(`Answers: ${JSON.stringify(Object.fromEntries(answers.byLanguage))}\n\n`);
process.stdout.write(
	`${table(
		['filter', 'dropped before', 'dropped', 'changed before', 'changed', 'lost anew'],
		names.map(name => [
			name,
			count(earlier, name, 'dropped'),
			count(losses, name, 'dropped'),
			count(earlier, name, 'changed'),
			count(losses, name, 'changed'),
			String(fresh.filter(({ filter }) => filter === name).length),
		]),
	).join('\n')}\n`,
);
const now = new Set(losses.map(({ place }) => place));
const regained = (earlier ?? []).filter(({ place }) => !now.has(place));
process.stdout.write(`\nKept now and not before: ${regained.length}\n`);
for (const { place, filter, what, around, says, shown } of values.show
	? earlier === undefined
		? losses
		: fresh
	: []) {
	process.stdout.write(`\n### ${what} by ${filter}, ${place}\n${around}\n--- says\n${says}\n--- shown\n${shown}\n`);
}
