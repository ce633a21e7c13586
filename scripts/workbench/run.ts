import { spawn, type SpawnOptions } from 'node:child_process';

export interface Finished {
	readonly code: number;
	/** Standard output and standard error, in the order in which they came. */
	readonly output: string;
}

/** Runs a program to its end and keeps what it said. Rejects only when the program cannot be started at all. */
export function run(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<Finished> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
		let output = '';
		const keep = (chunk: Buffer): void => {
			output += chunk.toString('utf8');
		};
		child.stdout.on('data', keep);
		child.stderr.on('data', keep);
		child.once('error', reject);
		child.once('close', code => {
			resolve({ code: code ?? 1, output });
		});
	});
}

/** The same, for a step that has to succeed. Throws `${failure}` with the end of what the program said. */
export async function runOrThrow(
	command: string,
	args: readonly string[],
	failure: string,
	options: SpawnOptions = {},
): Promise<string> {
	const { code, output } = await run(command, args, options);
	if (code !== 0) {
		throw new Error(`${failure} (\`${command} ${args.join(' ')}\` ended with ${code})\n${lastLines(output, 15)}`);
	}
	return output;
}

export function lastLines(text: string, count: number): string {
	return text.trimEnd().split('\n').slice(-count).join('\n');
}
