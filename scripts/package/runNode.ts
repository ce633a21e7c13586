import { spawn } from 'node:child_process';
import { PackageError } from './packageError';

/** Runs a script with Node and keeps what it prints; a `PackageError` with that text when it fails. */
export async function runNode(what: string, cwd: string, argv: readonly string[]): Promise<void> {
	const child = spawn(process.execPath, argv, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
	const output: string[] = [];
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
	}
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	if (code !== 0) {
		throw new PackageError(`${what} failed (exit code ${code ?? 'unknown'}):\n${output.join('').trim()}`);
	}
}
