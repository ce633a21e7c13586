import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { descendants } from '../../scripts/workbench/processes';
import { nanoModel } from '../support/gguf';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporaryFolder';

const cli = join(import.meta.dirname, '../../dist/cli.mjs');

interface Ended {
	readonly code: number | null;
	readonly output: string;
	readonly errors: string;
}

/** @param onErrors told what came on standard error, and of whom. */
function run(
	args: readonly string[],
	onErrors: (text: string, child: ChildProcess) => void = () => undefined,
): Promise<Ended> {
	const named = args.includes('--model') ? [] : ['--model', nanoModel];
	const child = spawn(process.execPath, [cli, 'eval', ...named, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	let errors = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		output += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		errors += text;
		onErrors(text, child);
	});
	return new Promise(resolve => {
		child.once('close', code => {
			resolve({ code, output, errors });
		});
	});
}

const queue = `import { send } from './send';

const waiting: string[] = [];

export function push(message: string): void {
	waiting.push(message);
	if (waiting.length > 10) {
		flush();
	}
}

export function flush(): void {
	for (const message of waiting) {
		send(message, waiting.length);
	}
	waiting.length = 0;
}
`;

const send = `export function send(message: string, count: number): void {
	const line = format(message, count);
	write(line);
}

function format(message: string, count: number): string {
	return count > 1 ? message + count : message;
}
`;

const python = `class Queue:
    def __init__(self, limit):
        self.limit = limit
        self.waiting = []

    def push(self, message):
        self.waiting.append(message)
        if len(self.waiting) > self.limit:
            self.flush()

    def flush(self):
        for message in self.waiting:
            print(message)
        self.waiting = []
`;

type Report = Readonly<Record<string, unknown>> & { readonly records: readonly Readonly<Record<string, unknown>>[] };

function isReport(value: unknown): value is Report {
	return typeof value === 'object' && value !== null && 'records' in value && Array.isArray(value.records);
}

/** Without the times and the memory, which nothing can promise. */
function parsed(output: string): Report {
	const report: unknown = JSON.parse(output, (key, value: unknown) =>
		/^(?:ms|medianMs|residentBytes)$/.test(key) ? 0 : value,
	);
	assert.ok(isReport(report));
	return report;
}

describe('npm run eval', function () {
	this.timeout(180_000);

	let repository = '';
	before(async () => {
		repository = await temporaryFolder({ 'src/queue.ts': queue, 'src/send.ts': send, 'queue.py': python });
	});
	after(removeTemporaryFolders);

	it('gives the same report for the same seed, but for the times', async () => {
		const args = ['--repo', repository, '--positions', '8', '--json', '--records'];
		const [first, second] = [await run(args), await run(args)];
		assert.equal(first.code, 0, first.errors);
		const report = parsed(first.output);
		assert.deepEqual(parsed(second.output), report);
		assert.equal(report['isComplete'], true);
		assert.equal(report.records.length, 2 * 8 * 2 * 3);
	});

	it('asks the real model, and keeps what it said and how sure it was', async () => {
		const { output } = await run([
			'--repo',
			repository,
			'--positions',
			'4',
			'--context',
			'none',
			'--lang',
			'typescript',
			'--json',
			'--records',
		]);
		const ofModel = parsed(output).records.filter(({ predictor }) => predictor === 'model');
		assert.equal(ofModel.length, 4);
		for (const { modelText, tokens, promptTokens, hidden } of ofModel) {
			assert.ok(Array.isArray(tokens) && typeof modelText === 'string' && typeof hidden === 'string');
			assert.equal(tokens.map(({ text }: { text: string }) => text).join(''), modelText);
			assert.ok(Number(promptTokens) > 10 && hidden.length >= 3);
		}
		assert.ok(ofModel.some(({ modelText }) => modelText !== ''));
	});

	it('writes the report as JSON, table and chart, without the texts of the repository unless asked', async () => {
		const out = join(repository, 'report.json');
		const { code, output, errors } = await run([
			'--repo',
			repository,
			'--positions',
			'4',
			'--context',
			'files',
			'--out',
			out,
		]);
		assert.equal(code, 0, errors);
		assert.equal(await readFile(out.replace('.json', '.md'), 'utf8'), output.slice(0, -1));
		assert.match(await readFile(out.replace('.json', '.svg'), 'utf8'), /^<svg /);
		const json = await readFile(out, 'utf8');
		assert.ok(!json.includes('waiting'));
		assert.ok(!('records' in (JSON.parse(json) as object)));
	});

	it('goes on with a new engine where one ends at work', async () => {
		const args = ['--repo', repository, '--positions', '8', '--lang', 'typescript', '--json', '--records'];
		const { code, output, errors } = await run(args, (text, { pid }) => {
			if (text.startsWith('1 of')) {
				const engine = descendants(pid ?? 0).find(({ command }) => command.includes('engine.mjs'));
				assert.ok(engine);
				process.kill(engine.pid, 'SIGKILL');
			}
		});
		assert.equal(code, 0, errors);
		assert.match(errors, /^The engine ended \(signal SIGKILL\) and is started again\.$/m);
		const { isComplete, records } = parsed(output);
		assert.deepEqual([isComplete, records.length], [true, 8 * 2 * 3]);
	});

	it('keeps what is done on Ctrl+C', async () => {
		const { code, output } = await run(
			['--repo', repository, '--positions', '100', '--json', '--records'],
			(text, child) => {
				if (text.startsWith('1 of')) {
					child.kill('SIGINT');
				}
			},
		);
		assert.equal(code, 0);
		const { isComplete, records } = parsed(output);
		assert.equal(isComplete, false);
		assert.ok(records.length >= 3);
	});

	for (const [name, args, says] of [
		['a folder that is not there', ['--repo', '/nowhere/at/all'], /There is no folder \/nowhere\/at\/all/],
		['a model that is not there', ['--model', '/nowhere/m.gguf'], /m\.gguf/],
		['a model that is none', ['--model', cli], /GGUF/],
	] as const) {
		it(`says what is wrong with ${name}`, async () => {
			const { code, output, errors } = await run(['--repo', repository, ...args]);
			assert.notEqual(code, 0);
			assert.equal(output, '');
			assert.match(errors, says);
			assert.doesNotMatch(errors, /\n\s+at /);
		});
	}
});
