import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EngineError, isAbort } from '../../core/engine/engineError';
import { bundledModel } from '../../core/models/bundledModel';
import { EngineHost } from '../engine/engineHost';
import { patientHeartbeat } from '../engine/heartbeat';
import { ParserThread } from '../syntax/parserThread';
import { parseCommand, parseEval, UsageError, type CliCommand, type EvalArguments } from './arguments';
import { completeCommand, printCompletion } from './completeCommand';
import { evalCommand, prepareEvaluation } from './evalCommand';
import { explainCommand, printExplanation } from './explainCommand';
import { explainEvalCommand, parseExplainEval, type ExplainEvalArguments } from './explainEvalCommand';
import { parseInfilling, type InfillingArguments } from './infillingArguments';
import { buildDigest, infillingCommand, prepareInfilling } from './infillingCommand';
import { ProgressLine } from './progressLine';

const dist = dirname(fileURLToPath(import.meta.url));

/** npm runs scripts in the package's folder and leaves the user's in INIT_CWD. */
const root = process.env['INIT_CWD'] ?? process.cwd();

async function main(): Promise<number> {
	try {
		const [first, ...rest] = process.argv.slice(2);
		if (first === 'eval') {
			await evaluate(parseEval(rest));
			return 0;
		}
		if (first === 'eval-infilling') {
			await fillHoles(parseInfilling(rest));
			return 0;
		}
		if (first === 'eval-explain') {
			await gradeExplanations(parseExplainEval(rest));
			return 0;
		}
		const command = parseCommand(process.argv.slice(2));
		await run({ ...command, file: resolve(root, command.file) });
		return 0;
	} catch (error) {
		if (isAbort(error)) {
			process.stderr.write('Cancelled before the model was loaded, so there is nothing to report.\n');
			return 1;
		}
		if (error instanceof UsageError || EngineError.is(error)) {
			process.stderr.write(`${error.message}\n`);
			return error instanceof UsageError ? 2 : 1;
		}
		throw error;
	}
}

async function run(command: CliCommand): Promise<void> {
	const host = hostFor(command.model);
	try {
		print(await answer(command, host));
	} finally {
		await host.stop();
	}
}

/** Checks that the folders are worth an evaluation before the engine starts. */
async function evaluate(args: EvalArguments): Promise<void> {
	const prepared = await prepareEvaluation(args, root);
	const progress = new ProgressLine(process.stderr);
	await withParser(scope => evalCommand(prepared, { open: hostFor, progress, scope }, untilCancelled()));
}

async function fillHoles(args: InfillingArguments): Promise<void> {
	const prepared = await prepareInfilling(args, root);
	const progress = new ProgressLine(process.stderr, 'fills');
	const build = await buildDigest(dist);
	await withParser(scope => infillingCommand(prepared, { open: hostFor, progress, scope, build }, untilCancelled()));
}

async function gradeExplanations(args: ExplainEvalArguments): Promise<void> {
	const host = hostFor(args.model);
	const progress = new ProgressLine(process.stderr, 'functions');
	try {
		print(await explainEvalCommand(args, { host, progress }, root, untilCancelled()));
	} finally {
		await host.stop();
	}
}

/** Aborts on Ctrl+C. */
function untilCancelled(): AbortSignal {
	const cancel = new AbortController();
	process.once('SIGINT', () => {
		cancel.abort();
	});
	return cancel.signal;
}

async function withParser(work: (scope: ParserThread) => Promise<string>): Promise<void> {
	const scope = parser();
	try {
		print(await work(scope));
	} finally {
		scope.dispose();
	}
}

function hostFor(path: string | undefined): EngineHost {
	const model = path === undefined ? join(dist, '..', bundledModel) : resolve(root, path);
	return new EngineHost({
		entry: join(dist, 'engine.mjs'),
		choice: () => ({ complete: model, explain: model, threads: 0 }),
		onState: state => {
			if (state.kind === 'restarting') {
				process.stderr.write(`The engine ended (${state.reason}) and is started again.\n`);
			}
		},
		onLog: ({ level, message }) => {
			if (level === 'warn' || level === 'error') {
				process.stderr.write(`${message}\n`);
			}
		},
		heartbeat: patientHeartbeat,
	});
}

/** Waits for as long as parsing may take, so that the same is answered on a machine of any speed. */
const parserPatienceMs = 10_000;

function parser(): ParserThread {
	return new ParserThread({
		entry: join(dist, 'syntax.cjs'),
		patienceMs: parserPatienceMs,
		onLog: message => process.stderr.write(`${message}\n`),
	});
}

async function answer(command: CliCommand, host: EngineHost): Promise<string> {
	const scope = parser();
	try {
		if (command.command === 'complete') {
			const report = await completeCommand(command, { host, scope }, root, new AbortController().signal);
			return command.json ? JSON.stringify(report) : printCompletion(report, command.manual);
		}
		const onText = command.json ? () => undefined : write;
		const report = await explainCommand(command, { host, outliner: scope }, root, onText);
		return command.json ? JSON.stringify(report) : printExplanation(report);
	} finally {
		scope.dispose();
	}
}

function write(text: string): void {
	process.stdout.write(text);
}

function print(text: string): void {
	write(`${text}\n`);
}

process.exitCode = await main();
