import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Verdict } from '../../../../src/core/evaluation/infilling/infillingRecord';
import type { InfillingReport } from '../../../../src/core/evaluation/infilling/infillingReport';
import { UsageError } from '../../../../src/node/cli/arguments';
import { parseInfilling, type InfillingArguments } from '../../../../src/node/cli/infillingArguments';
import { infillingCommand, prepareInfilling, type PreparedInfilling } from '../../../../src/node/cli/infillingCommand';
import type { EvalHost } from '../../../../src/node/evaluation/evaluateModels';
import { readTasks } from '../../../../src/node/evaluation/infilling/readTasks';
import { RunningChecks } from '../../../../src/node/evaluation/infilling/runningChecks';
import { removeTemporaryFolders, temporaryFolder } from '../../../support/temporaryFolder';
import { ParrotEngine, tokens } from '../sources';
import { addLine, comment, hopeless, toLines } from './tasks';

const never = new AbortController().signal;
const isUsage =
	(says: RegExp) =>
	(error: unknown): boolean =>
		error instanceof UsageError && says.test(error.message);

describe('the arguments of eval:infilling', () => {
	it('have defaults for all but the data', () => {
		assert.deepEqual(parseInfilling(['--data', 'a.jsonl']), {
			data: ['a.jsonl'],
			model: undefined,
			every: 1,
			offset: 0,
			modes: ['greedy', 'ranked'],
			extent: 'auto',
			without: [],
			fills: false,
			json: false,
			out: undefined,
		});
	});

	it('are read', () => {
		const line =
			'--data a --data b --model m.gguf --every 6 --offset 2 --ranked --extent block --without prior --without ranking --fills --json --out o.json';
		assert.deepEqual(parseInfilling(line.split(' ')), {
			data: ['a', 'b'],
			model: 'm.gguf',
			every: 6,
			offset: 2,
			modes: ['ranked'],
			extent: 'block',
			without: ['prior', 'ranking'],
			fills: true,
			json: true,
			out: 'o.json',
		});
		assert.deepEqual(parseInfilling(['--data', 'a', '--greedy', '--ranked']).modes, ['greedy', 'ranked']);
	});

	for (const line of [
		'',
		'--every 2',
		'--data a --every 0',
		'--data a --every x',
		'--data a --offset -1',
		'--data a --extent file',
		'--data a --without luck',
		'--data a --nonsense',
		'a',
	]) {
		it(`refuse “${line}” with a word on how to ask`, () => {
			assert.throws(() => parseInfilling(line.split(' ').filter(Boolean)), isUsage(/Usage: npm run eval:infilling/));
		});
	}
});

describe('reading tasks', () => {
	after(removeTemporaryFolders);

	it('takes a packed file for the same as an unpacked one', async () => {
		const text = toLines([addLine, comment]);
		const folder = await temporaryFolder({ 'a.jsonl': text });
		await writeFile(join(folder, 'a.jsonl.gz'), gzipSync(text));
		const [plain, packed] = await Promise.all(['a.jsonl', 'a.jsonl.gz'].map(name => readTasks(join(folder, name))));
		assert.deepEqual(plain, { ...packed, name: 'a.jsonl' });
		assert.equal(plain.tasks.length, 2);
	});

	it('says what is wrong with a file', async () => {
		const folder = await temporaryFolder({ 'empty.jsonl': '', 'other.jsonl': '{}\n', 'half.gz': '' });
		await writeFile(join(folder, 'half.gz'), gzipSync(toLines([addLine])).subarray(0, 40));
		await assert.rejects(readTasks(join(folder, 'none.jsonl')), isUsage(/none\.jsonl cannot be read.*--data/));
		await assert.rejects(readTasks(join(folder, 'half.gz')), isUsage(/half\.gz cannot be read/));
		await assert.rejects(readTasks(join(folder, 'empty.jsonl')), isUsage(/holds no tasks/));
		await assert.rejects(readTasks(join(folder, 'other.jsonl')), isUsage(/line 1 has no text named task_id/));
	});
});

describe('checks that go on beside the model', () => {
	it('are no more than allowed at a time', async () => {
		const checks = new RunningChecks(2);
		const ends: (() => void)[] = [];
		const work = (): Promise<void> => new Promise(resolve => ends.push(resolve));
		await checks.add(work());
		let hasRoom = false;
		const second = checks.add(work()).then(() => {
			hasRoom = true;
		});
		await new Promise(setImmediate);
		assert.equal(hasRoom, false);
		ends[0]?.();
		await second;
		ends[1]?.();
		await checks.all();
	});

	it('tell of one that failed', async () => {
		const checks = new RunningChecks(2);
		await checks.add(Promise.reject(new Error('no process')));
		await assert.rejects(checks.all(), /no process/);
	});
});

describe('eval:infilling', () => {
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
	const tasks = [addLine, comment, hopeless];

	function hostOf(more: { canComplete?: boolean; name?: string } = {}) {
		const engine = new ParrotEngine(tokens('    total| = |a|+|b|⏎'));
		const host: EvalHost = {
			complete: query => engine.complete(query),
			share: () => Promise.resolve(),
			explainer: () => Promise.resolve({ ...model, ...more }),
			residentBytes: () => Promise.resolve(5_000_000),
			stop: () => Promise.resolve(),
		};
		return { host, engine };
	}

	/** Passes what has a sum in it; nothing is run. */
	const sandbox = {
		description: 'by a fake',
		run: (program: string): Promise<Verdict> =>
			Promise.resolve({ outcome: program.includes('total =') ? 'passed' : 'failed' }),
	};

	async function prepared(more: Partial<InfillingArguments> = {}): Promise<PreparedInfilling> {
		const root = await temporaryFolder({ 'own.jsonl': toLines(tasks) });
		const args = { ...parseInfilling(['--data', 'own.jsonl', '--out', 'report.json', '--json']), ...more };
		return { ...(await prepareInfilling(args, root)), sandbox };
	}

	function surroundings(host: EvalHost, more: { build?: string; show?: (done: number) => void } = {}) {
		const { build = 'one', show = () => undefined } = more;
		return { open: () => host, progress: { show, end: () => undefined }, build };
	}

	const parsed = (text: string): InfillingReport => JSON.parse(text) as InfillingReport;

	it('asks for each hole in each mode, and writes the report', async () => {
		const ready = await prepared();
		const report = parsed(await infillingCommand(ready, surroundings(hostOf().host), never));
		assert.equal(report.isComplete, true);
		assert.deepEqual(
			report.records.map(({ task, mode }) => `${mode} ${task}`),
			tasks.flatMap(({ id }) => [`greedy ${id}`, `ranked ${id}`]),
		);
		assert.deepEqual(parsed(await readFile(`${ready.out}.json`, 'utf8')), report);
		assert.match(await readFile(`${ready.out}.md`, 'utf8'), /^# parrot on HumanEval-infilling/);
		await assert.rejects(stat(`${ready.out}.partial.jsonl`), /ENOENT/);
	});

	it('keeps what was suggested only where that is asked for', async () => {
		const without = await infillingCommand(await prepared(), surroundings(hostOf().host), never);
		assert.doesNotMatch(without, /"fill"|a\+b/);
		const ready = await prepared({ fills: true });
		assert.match(await infillingCommand(ready, surroundings(hostOf().host), never), /"fill": " {4}total = a\+b"/);
	});

	it('goes on where an interrupted run was, and asks nothing twice', async () => {
		const ready = await prepared();
		const cancel = new AbortController();
		const first = hostOf();
		const show = (done: number): void => {
			if (done === 2) {
				cancel.abort();
			}
		};
		const partly = parsed(await infillingCommand(ready, surroundings(first.host, { show }), cancel.signal));
		assert.equal(partly.isComplete, false);
		await assert.rejects(stat(`${ready.out}.json`), /ENOENT/);
		// The machine went down in the middle of a line.
		const kept = `${ready.out}.partial.jsonl`;
		await writeFile(kept, `${await readFile(kept, 'utf8')}{"task":"half`);
		const second = hostOf();
		const whole = parsed(await infillingCommand(ready, surroundings(second.host), never));
		assert.equal(whole.isComplete, true);
		assert.deepEqual(whole.records.slice(0, 2), partly.records.slice(0, 2));
		assert.equal(partly.records.length + second.engine.queries.length, 6);
	});

	it('does not mix runs of two builds or two models', async () => {
		const ready = await prepared();
		const cancel = new AbortController();
		const show = (): void => {
			cancel.abort();
		};
		await infillingCommand(ready, surroundings(hostOf().host, { show }), cancel.signal);
		const refused = isUsage(/partial\.jsonl is what is done of a run with another model.*Delete it/);
		await assert.rejects(infillingCommand(ready, surroundings(hostOf().host, { build: 'two' }), never), refused);
		await assert.rejects(infillingCommand(ready, surroundings(hostOf({ name: 'other' }).host), never), refused);
	});

	it('tells of a sandbox that fails, and ends the engine', async () => {
		const { host } = hostOf();
		let stopped = 0;
		const stop = (): Promise<void> => {
			stopped++;
			return Promise.resolve();
		};
		const failing = {
			...(await prepared()),
			sandbox: { ...sandbox, run: () => Promise.reject(new Error('disk full')) },
		};
		await assert.rejects(infillingCommand(failing, surroundings({ ...host, stop }), never), /disk full/);
		assert.equal(stopped, 1);
	});

	it('says what to do about a model that cannot complete', async () => {
		const { host } = hostOf({ canComplete: false });
		await assert.rejects(infillingCommand(await prepared(), surroundings(host), never), /Name another GGUF: --model/);
	});

	for (const [what, more, says] of [
		['no task is left', { offset: 9 }, /no tasks left/],
		['a file is named twice', { data: ['own.jsonl', 'own.jsonl'] }, /same task is there twice/],
		['there is no folder for the report', { out: 'nowhere/r.json' }, /no folder .*nowhere/],
	] as const) {
		it(`says what to do when ${what}`, async () => {
			await assert.rejects(prepared(more), isUsage(says));
		});
	}
});
