import { spawn } from 'node:child_process';

interface Suite {
	readonly name: string;
	readonly command: readonly [string, ...string[]];
	/** A suite that only checks counts as one test. */
	readonly isCheck?: boolean;
	/** Needs Python and an environment of 4.7 GB: only with `--training`. */
	readonly isTraining?: boolean;
}

interface Tally {
	readonly passed: number;
	readonly failed: number;
}

/** In the order in which a failure is cheapest to find. */
const suites: readonly Suite[] = [
	{ name: 'types, lint, format', command: ['npm', 'run', '--silent', 'check'], isCheck: true },
	{ name: 'unit', command: ['npm', 'run', '--silent', 'test:unit'] },
	{ name: 'process', command: ['npm', 'run', '--silent', 'test:process'] },
	{ name: 'extension', command: ['npm', 'run', '--silent', 'test:extension'] },
	{ name: 'e2e', command: ['npm', 'run', '--silent', 'test:e2e'] },
	{ name: 'training', command: ['training/check.sh'], isTraining: true },
];

/** Mocha's summary, our own runners' last line, or pytest's (`1 failed, 120 passed in 30.21s`). The last one counts. */
const summaries = {
	passed: [/^\s*(\d+) passing\b/gm, /^(\d+) passed, \d+ failed\b/gm, /\b(\d+) passed\b.* in [\d.]+s/gm],
	failed: [/^\s*(\d+) failing\b/gm, /^\d+ passed, (\d+) failed\b/gm, /\b(\d+) failed\b.* in [\d.]+s/gm],
} as const;

const started = Date.now();
let total: Tally = { passed: 0, failed: 0 };
const withTraining = process.argv.includes('--training');
for (const suite of suites.filter(({ isTraining }) => isTraining !== true || withTraining)) {
	const from = Date.now();
	console.log(`\n=== ${suite.name}`);
	const tally = await run(suite);
	total = { passed: total.passed + tally.passed, failed: total.failed + tally.failed };
	console.log(`=== ${suite.name}: ${tally.passed} passed, ${tally.failed} failed, ${seconds(from)} s`);
}
console.log(`\nall suites in ${seconds(started)} s`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

async function run({ command: [program, ...args], isCheck }: Suite): Promise<Tally> {
	const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	let output = '';
	child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
		output += chunk;
		process.stdout.write(chunk);
	});
	const code = await new Promise<number>(resolve => {
		child.once('close', exit => {
			resolve(exit ?? 1);
		});
	});
	if (isCheck === true) {
		return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
	}
	return asFailedAsTheExitCode(code, {
		passed: last(output, summaries.passed),
		failed: last(output, summaries.failed),
	});
}

/** A suite that died, or that ran nothing, has failed whatever it printed. */
function asFailedAsTheExitCode(code: number, tally: Tally): Tally {
	const hasFailed = code !== 0 || tally.passed === 0;
	return hasFailed && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

function last(output: string, patterns: readonly RegExp[]): number {
	const found = patterns.flatMap(pattern => [...output.matchAll(pattern)]);
	const latest = found.sort((a, b) => a.index - b.index).at(-1);
	return Number(latest?.[1] ?? 0);
}

function seconds(since: number): number {
	return Math.round((Date.now() - since) / 1000);
}
