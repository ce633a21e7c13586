import assert from 'node:assert/strict';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { parseEval, UsageError, type EvalArguments } from '../../../src/node/cli/arguments';
import { evalCommand, prepareEvaluation } from '../../../src/node/cli/evalCommand';
import type { EvalHost, EvalSurroundings } from '../../../src/node/evaluation/evaluateModels';
import { ProgressLine } from '../../../src/node/cli/progressLine';
import type { ModelComparison } from '../../../src/core/evaluation/modelRanking';
import { EngineError } from '../../../src/core/engine/engineError';
import { removeTemporaryFolders, temporaryFolder } from '../../support/temporaryFolder';
import { ParrotEngine, tokens } from './sources';

const code = Array.from({ length: 20 }, (_, line) => `export const value${line} = compute(${line}, other);\n`).join('');

describe('the arguments of eval', () => {
	it('have defaults for all but the repository', () => {
		assert.deepEqual(parseEval(['--repo', 'a']), {
			command: 'eval',
			repositories: ['a'],
			models: [],
			contexts: ['none', 'files'],
			without: [],
			positions: 200,
			seed: 1,
			languages: [],
			json: false,
			records: false,
			out: undefined,
		});
	});

	it('are read', () => {
		const line =
			'--repo a --repo b --model m.gguf --model n.gguf --context files,definitions+files --without healing --positions 12 --seed 0 --lang python --json --records --out o.json';
		assert.deepEqual(parseEval(line.split(' ')), {
			command: 'eval',
			repositories: ['a', 'b'],
			models: ['m.gguf', 'n.gguf'],
			contexts: ['files', 'definitions+files'],
			without: ['healing'],
			positions: 12,
			seed: 0,
			languages: ['python'],
			json: true,
			records: true,
			out: 'o.json',
		});
	});

	for (const line of [
		'',
		'--repo',
		'--repo a --context some',
		'--repo a --context files,problems',
		'--repo a --context files+files',
		'--repo a --without the',
		'--repo a --positions 0',
		'--repo a --positions many',
		'--repo a --positions 1.5',
		'--repo a --seed -1',
		'--repo a --colour',
		'--repo a b',
	]) {
		it(`are refused with the way to ask: ${line || 'nothing'}`, () => {
			assert.throws(
				() => parseEval(line.split(' ').filter(part => part !== '')),
				(error: unknown) => error instanceof UsageError && error.message.includes('Usage: npm run eval'),
			);
		});
	}
});

describe('preparing an evaluation', () => {
	after(removeTemporaryFolders);

	function args(repositories: readonly string[], more: Partial<EvalArguments> = {}): EvalArguments {
		return { ...parseEval(['--repo', 'x']), repositories, positions: 8, ...more };
	}

	it('reads repositories by relative paths and chooses positions', async () => {
		const root = await temporaryFolder({ 'one/a.ts': code, 'two/b.py': code.replaceAll('export const ', '') });
		const { plan, out } = await prepareEvaluation(args(['one', 'two'], { out: 'report.json' }), root);
		assert.deepEqual(
			plan.files.map(({ repository, path }) => `${repository}/${path}`),
			['one/a.ts', 'two/b.py'],
		);
		assert.ok(plan.positions.length >= 8);
		assert.equal(out, join(root, 'report'));
	});

	it('asks in the named languages only, with all files for context', async () => {
		const root = await temporaryFolder({ 'a.ts': code, 'b.py': code.replaceAll('export const ', '') });
		const { plan } = await prepareEvaluation(args(['.'], { languages: ['python'] }), root);
		assert.equal(plan.files.length, 2);
		assert.ok(plan.positions.every(({ file }) => file.path === 'b.py'));
	});

	const problems: readonly [name: string, asked: Partial<EvalArguments>, says: RegExp][] = [
		['the folder is not there', { repositories: ['nowhere'] }, /no folder .*nowhere/],
		['there are no source files', { repositories: ['empty'] }, /no source files in empty/],
		[
			'there are none of the language',
			{ repositories: ['one'], languages: ['rust'] },
			/no place to ask at .*typescript/,
		],
		[
			'there is no folder for the report',
			{ repositories: ['one'], out: 'nowhere/r.json' },
			/no folder .*nowhere.*report/,
		],
	];
	for (const [name, asked, says] of problems) {
		it(`says what to do when ${name}`, async () => {
			const root = await temporaryFolder({ 'one/a.ts': code, 'empty/notes.md': 'nothing here' });
			await assert.rejects(prepareEvaluation(args([], asked), root), (error: unknown) => {
				return error instanceof UsageError && says.test(error.message);
			});
		});
	}
});

describe('the command', () => {
	after(removeTemporaryFolders);

	const model = {
		name: 'parrot',
		path: 'parrot.gguf',
		architecture: 'none',
		family: 'mini',
		verified: true,
		canComplete: true,
		canExplain: false,
		contextTokens: 1024,
		fileBytes: 7,
		threads: 1,
		device: 'cpu',
		loadMs: 1,
	} as const;

	function hostOf(more: Partial<typeof model | { canComplete: boolean }> = {}): EvalHost {
		const engine = new ParrotEngine(tokens('compute|(|1|,| other|)|;'));
		return {
			complete: query => engine.complete(query),
			share: () => Promise.resolve(),
			explainer: () => Promise.resolve({ ...model, ...more }),
			residentBytes: () => Promise.resolve(5_000_000),
			stop: () => Promise.resolve(),
		};
	}

	function surroundings(host = hostOf()): EvalSurroundings {
		return { open: () => host, progress };
	}

	async function prepared(more: Partial<EvalArguments> = {}) {
		const root = await temporaryFolder({ 'a.ts': code });
		return prepareEvaluation({ ...parseEval(['--repo', '.']), positions: 4, ...more }, root);
	}

	const never = new AbortController().signal;
	const progress = new ProgressLine({ write: () => true });

	it('prints the table, or the report as JSON', async () => {
		assert.match(await evalCommand(await prepared(), surroundings(), never), /^# parrot on one repository/);
		const report: unknown = JSON.parse(await evalCommand(await prepared({ json: true }), surroundings(), never));
		assert.ok(typeof report === 'object' && report !== null && 'isComplete' in report && !('records' in report));
		assert.equal(report.isComplete, true);
	});

	it('keeps in the report what of the engine was left out', async () => {
		const json = await evalCommand(await prepared({ json: true, without: ['prior'] }), surroundings(), never);
		assert.match(json, /"without": \[\s*"prior"\s*\]/);
	});

	it('reports what is done when it is cancelled', async () => {
		const cancel = new AbortController();
		const host = hostOf();
		let asked = 0;
		const complete: EvalHost['complete'] = (query, signal) => {
			if (++asked === 2) {
				cancel.abort();
			}
			return host.complete(query, signal);
		};
		const table = await evalCommand(await prepared(), surroundings({ ...host, complete }), cancel.signal);
		assert.match(table, /Cut off before the end/);
		assert.match(table, /^\| none \| all \| model \| 1 \|/m);
	});

	it('ends the engine, whatever happens', async () => {
		let stopped = 0;
		const stop = (): Promise<void> => {
			stopped++;
			return Promise.resolve();
		};
		await evalCommand(await prepared(), surroundings({ ...hostOf(), stop }), never);
		await evalCommand(await prepared(), surroundings({ ...hostOf({ canComplete: false }), stop }), never).catch(
			() => 0,
		);
		assert.equal(stopped, 2);
	});

	it('ranks several models on the same positions, and tells of one that cannot be asked', async () => {
		const models = ['good.gguf', 'chat.gguf', 'mute.gguf'];
		const mute = new ParrotEngine([]);
		const hosts: Readonly<Record<string, EvalHost>> = {
			'good.gguf': hostOf({ name: 'parrot' }),
			'chat.gguf': hostOf({ canComplete: false }),
			'mute.gguf': { ...hostOf({ name: 'parrot' }), complete: query => mute.complete(query) },
		};
		const open = (path: string | undefined): EvalHost => hosts[path ?? ''] ?? hostOf();
		const ready = await prepared({ models, json: true, contexts: ['none'] });
		const { ranking, refused, reports } = JSON.parse(
			await evalCommand(ready, { open, progress }, never),
		) as ModelComparison;
		assert.equal(ranking.length, 2);
		assert.ok((ranking[0]?.similarity ?? 0) > (ranking[1]?.similarity ?? 1));
		assert.deepEqual(
			refused.map(({ path }) => path),
			['chat.gguf'],
		);
		assert.deepEqual(
			reports.map(({ groups }) => new Set(groups.map(({ predictor }) => predictor)).size),
			[3, 1],
		);
		const table = await evalCommand({ ...ready, args: { ...ready.args, json: false } }, { open, progress }, never);
		assert.match(table, /^# Models, best first[^]*\| parrot \| none \| 3 \|[^]*- chat\.gguf: .*cannot complete/);
	});

	it('tells which models were not reached when it is cancelled', async () => {
		const cancel = new AbortController();
		const open = (): EvalHost => ({
			...hostOf(),
			complete: query => {
				cancel.abort();
				return hostOf().complete(query, never);
			},
		});
		const table = await evalCommand(
			await prepared({ models: ['a.gguf', 'b.gguf'] }),
			{ open, progress },
			cancel.signal,
		);
		assert.match(table, /- b\.gguf: The evaluation was ended before/);
	});

	it('refuses a model that cannot complete, with the way forward', async () => {
		await assert.rejects(
			evalCommand(await prepared(), surroundings(hostOf({ canComplete: false })), never),
			(error: unknown) => EngineError.is(error, 'model-cannot-complete') && error.message.includes('--model'),
		);
	});
});

describe('the line of progress', () => {
	it('tells how far it is, and always the end', () => {
		const stream = new PassThrough();
		const progress = new ProgressLine(Object.assign(stream, { isTTY: false }));
		for (let done = 1; done <= 100; done++) {
			progress.show(done, 100);
		}
		progress.end();
		const lines = String(stream.read()).trim().split('\n');
		assert.match(lines[0] ?? '', /^1 of 100 positions, \d+ (?:s|min) left/);
		assert.match(lines.at(-1) ?? '', /^100 of 100 positions, 0 s left/);
		assert.ok(lines.length < 10);
	});

	it('stays one line in a terminal', () => {
		const stream = new PassThrough();
		const progress = new ProgressLine(Object.assign(stream, { isTTY: true }));
		progress.show(1, 1);
		progress.end();
		assert.match(String(stream.read()), /^\r1 of 1 positions.*\n$/);
	});
});
