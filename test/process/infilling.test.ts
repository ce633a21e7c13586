import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InfillingReport } from '../../src/core/evaluation/infilling/infillingReport';
import { nanoModel } from '../support/gguf';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporaryFolder';
import { addLine, comment, hopeless, toLines } from '../unit/evaluation/infilling/tasks';

const cli = join(import.meta.dirname, '../../dist/cli.mjs');

interface Ended {
	readonly code: number | null;
	readonly output: string;
	readonly errors: string;
}

/** @param isInterrupted by Ctrl+C when the first fill is done. */
function run(args: readonly string[], isInterrupted = false): Promise<Ended> {
	const child = spawn(process.execPath, [cli, 'eval-infilling', '--model', nanoModel, ...args], {
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	let errors = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		output += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		errors += text;
		if (isInterrupted && text.startsWith('1 of')) {
			child.kill('SIGINT');
		}
	});
	return new Promise(resolve => {
		child.once('close', code => {
			resolve({ code, output, errors });
		});
	});
}

/** Without the times, which nothing can promise, and the tokens, which depend on what the engine has read before. */
function verdicts(report: InfillingReport): readonly string[] {
	return report.records.map(({ task, mode, verdict, fill }) => `${mode} ${task} ${verdict.outcome} ${fill ?? ''}`);
}

describe('npm run eval:infilling', function () {
	this.timeout(180_000);
	after(removeTemporaryFolders);

	const tasks = [comment, hopeless, addLine];

	it('asks the real model and runs what it writes; an interrupted run goes on and finds the same', async () => {
		const folder = await temporaryFolder({ 'own.jsonl': toLines(tasks) });
		const args = ['--data', join(folder, 'own.jsonl'), '--fills', '--json'];
		const whole = await run([...args, '--out', join(folder, 'whole.json')]);
		assert.equal(whole.code, 0, whole.errors);
		const report = JSON.parse(whole.output) as InfillingReport;
		assert.deepEqual(JSON.parse(await readFile(join(folder, 'whole.json'), 'utf8')), report);
		assert.equal(report.isComplete, true);
		assert.deepEqual(
			report.records.map(({ kind, mode }) => `${kind} ${mode}`),
			['random-span', 'multi-line', 'single-line'].flatMap(kind => [`${kind} greedy`, `${kind} ranked`]),
		);
		const ofTask = (id: string): string[] =>
			report.records.filter(({ task }) => task === id).map(({ verdict }) => verdict.outcome);
		assert.deepEqual(ofTask(comment.id), ['passed', 'passed']);
		assert.deepEqual(ofTask(hopeless.id), ['failed', 'failed']);
		assert.ok(report.records.every(({ promptTokens }) => promptTokens > 10));
		const [spans] = report.summaries;
		assert.deepEqual([spans?.tasks, spans?.passed], [1, 1]);

		const out = join(folder, 'half.json');
		const half = await run([...args, '--out', out], true);
		assert.equal(half.code, 0, half.errors);
		assert.ok(existsSync(join(folder, 'half.partial.jsonl')) && !existsSync(out));
		const rest = await run([...args, '--out', out]);
		assert.equal(rest.code, 0, rest.errors);
		assert.deepEqual(verdicts(JSON.parse(await readFile(out, 'utf8')) as InfillingReport), verdicts(report));
		assert.ok(!existsSync(join(folder, 'half.partial.jsonl')));
	});

	it('prints a table without any of the texts', async () => {
		const folder = await temporaryFolder({ 'own.jsonl': toLines(tasks) });
		const { output } = await run(['--data', join(folder, 'own.jsonl'), '--greedy', '--every', '2']);
		assert.match(output, /^# sotto-nano on HumanEval-infilling\n\nown\.jsonl, one of 2 tasks from task 0 on\./);
		assert.match(output, /^\| random-span \| greedy \| 1 \| 100\.0 %/m);
		assert.doesNotMatch(output, /ranked|multi-line|return|candidate/);
	});

	it('says what is wrong with a file', async () => {
		const { code, output, errors } = await run(['--data', cli]);
		assert.deepEqual([code, output], [2, '']);
		assert.match(errors, /is no file of HumanEval-infilling: line 1 has no text named task_id/);
	});
});
