import { spawn } from 'node:child_process';
import { join } from 'node:path';

const cli = join(import.meta.dirname, '../../dist/cli.mjs');

export interface Ended {
	readonly code: number | null;
	readonly output: string;
	readonly errors: string;
}

/** Runs a terminal command as npm's scripts do, with relative paths starting at `root`. */
export function runCli(args: readonly string[], root = process.cwd()): Promise<Ended> {
	const env = { ...process.env, INIT_CWD: root };
	const child = spawn(process.execPath, [cli, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	let errors = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		output += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		errors += text;
	});
	return new Promise(resolve => {
		child.once('close', code => {
			resolve({ code, output, errors });
		});
	});
}
