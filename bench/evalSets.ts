/**
 * `npm run eval` on the two sets of packages, a language at a time, and one table of all.
 *
 *     python -m training.unpack && python -m training.unpack --recent
 *     npx tsx bench/evalSets.ts --positions 60 [--set recent] [--lang go …] [--model PATH.gguf] [--without PART …] [--data FOLDER] --out FOLDER
 *
 * The same positions each time (seed 2). A language whose report is in the folder already, whole, is not run again; a folder
 * with reports of another build, model or question is refused.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { EvaluationReport } from '../src/core/evaluation/evaluationReport';
import { buildDigest } from '../src/node/cli/infillingCommand';
import { evaluationSets, foldersOf } from './evaluationSets/packages';
import { setTable, type SetResult } from './evaluationSets/setTable';

const root = join(import.meta.dirname, '..');
const seed = '2';

const list = { type: 'string', multiple: true, default: [] as string[] } as const;
const { values } = parseArgs({
	options: {
		set: list,
		lang: list,
		without: list,
		model: { type: 'string' },
		positions: { type: 'string', default: '60' },
		data: { type: 'string', default: join(root, 'training/data') },
		out: { type: 'string' },
	},
});
if (values.out === undefined) {
	throw new Error('Name a folder for the reports: --out FOLDER');
}
const out = resolve(values.out);
const passedOn = [
	...(values.model === undefined ? [] : ['--model', resolve(values.model)]),
	...values.without.flatMap(part => ['--without', part]),
];

/** Reads the report that is there, or makes it. */
async function reportOf(path: string, repositories: readonly string[], language: string): Promise<EvaluationReport> {
	const known = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as EvaluationReport) : undefined;
	if (known?.isComplete === true) {
		return known;
	}
	const which = repositories.flatMap(folder => ['--repo', folder]);
	const how = ['--lang', language, '--positions', values.positions, '--seed', seed, '--context', 'files'];
	const args = [join(root, 'dist/cli.mjs'), 'eval', ...which, ...how, ...passedOn, '--out', path];
	const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
	const code = await new Promise(ended => {
		child.once('close', ended);
	});
	const report = code === 0 ? (JSON.parse(readFileSync(path, 'utf8')) as EvaluationReport) : undefined;
	if (report?.isComplete !== true) {
		throw new Error(`The evaluation of ${language} was not finished; what is above says why. Run again to go on.`);
	}
	return report;
}

/** Reports that are put into one table are of one run. */
async function claimFolder(): Promise<void> {
	const run = JSON.stringify([await buildDigest(join(root, 'dist')), values.positions, ...passedOn]);
	const path = join(out, 'run.json');
	mkdirSync(out, { recursive: true });
	if (!existsSync(path)) {
		writeFileSync(path, run);
	} else if (readFileSync(path, 'utf8') !== run) {
		throw new Error(`${out} has reports of another build, model or question. Name another folder: --out FOLDER`);
	}
}

execFileSync(process.execPath, [join(root, 'esbuild.mjs'), '--silent'], { cwd: root, stdio: 'inherit' });
await claimFolder();
const results: SetResult[] = [];
for (const set of values.set.length > 0 ? values.set : Object.keys(evaluationSets)) {
	const { folder, packages } = evaluationSets[set] ?? {};
	if (folder === undefined || packages === undefined) {
		throw new Error(`There is no set ${set}. Name one of ${Object.keys(evaluationSets).join(', ')}.`);
	}
	const unpacked = join(resolve(values.data), folder);
	const found = existsSync(unpacked) ? readdirSync(unpacked) : [];
	for (const [language, names] of Object.entries(packages)) {
		if (values.lang.length === 0 || values.lang.includes(language)) {
			const repositories = foldersOf(names, found).map(name => join(unpacked, name));
			const report = await reportOf(join(out, `${set}-${language}.json`), repositories, language);
			results.push({ set, language, report });
		}
	}
}
process.stdout.write(`${setTable(results)}\n`);
