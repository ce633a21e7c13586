import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { Duplex } from 'node:stream';
import type { Verdict } from '../../../core/evaluation/infilling/infillingRecord';
import { harness } from './harness';
import type { Isolation } from './isolation';

export interface SandboxLimits {
	readonly wallMs: number;
	readonly cpuSeconds: number;
	readonly memoryBytes: number;
	/** Limit for all processes of the user that the child runs as, threads included. The kernel does not apply it to root. */
	readonly processes: number;
	/** The largest size of one file. */
	readonly fileBytes: number;
}

/** A process that left the group may hold the pipes open when the child is gone. Milliseconds. */
const graceMs = 1_000;

/**
 * Runs a program of Python source in a child of its own, in `folder`, and ends all that is left of it.
 * @throws Error when the child cannot be started.
 */
export async function runIsolated(
	{ command: [program, ...words] }: Pick<Isolation, 'command'>,
	source: string,
	{ folder, limits }: { readonly folder: string; readonly limits: SandboxLimits },
): Promise<Verdict> {
	// Nobody has seen the token before the child sends it back.
	const token = randomBytes(16).toString('hex');
	const child = spawn(program, [...words, '-c', harness], {
		cwd: folder,
		env: {},
		detached: true,
		stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
	});
	const told = listen(child, token);
	child.stdin?.on('error', ignoreGone).end(JSON.stringify({ program: source, limits: kernelLimits(limits) }));
	const isLate = await ended(child, limits.wallMs);
	return verdictOf(told(), token, isLate);
}

function kernelLimits(limits: SandboxLimits): Readonly<Record<string, number>> {
	return {
		RLIMIT_CPU: limits.cpuSeconds,
		RLIMIT_AS: limits.memoryBytes,
		RLIMIT_NPROC: limits.processes,
		RLIMIT_FSIZE: limits.fileBytes,
		RLIMIT_CORE: 0,
	};
}

/** @returns what the child has told so far. */
function listen(child: ChildProcess, token: string): () => string {
	let told = '';
	const channel = child.stdio[3];
	if (channel instanceof Duplex) {
		channel.setEncoding('latin1').on('error', ignoreGone).write(token);
		channel.on('data', (text: string) => {
			told = (told + text).slice(0, 100);
		});
	}
	return () => told;
}

/** The child ended without reading all: its verdict says so. */
function ignoreGone(error: NodeJS.ErrnoException): void {
	if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') {
		throw error;
	}
}

/** @returns whether it had to be ended. */
function ended(child: ChildProcess, wallMs: number): Promise<boolean> {
	return new Promise((resolve, reject) => {
		let isLate = false;
		const wall = setTimeout(() => {
			isLate = true;
			endGroup(child);
		}, wallMs);
		child.once('error', error => {
			clearTimeout(wall);
			reject(error);
		});
		child.once('exit', () => {
			clearTimeout(wall);
			endGroup(child);
			const grace = setTimeout(() => {
				child.stdio.forEach(stream => stream?.destroy());
			}, graceMs);
			child.once('close', () => {
				clearTimeout(grace);
				resolve(isLate);
			});
		});
	});
}

function endGroup({ pid }: ChildProcess): void {
	if (pid === undefined) {
		return;
	}
	try {
		process.kill(-pid, 'SIGKILL');
	} catch (error) {
		// Nobody is left in the group.
		if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) {
			throw error;
		}
	}
}

function verdictOf(told: string, token: string, isLate: boolean): Verdict {
	if (isLate) {
		return { outcome: 'timeout' };
	}
	if (told === token) {
		return { outcome: 'passed' };
	}
	const error = /^!(\w{1,60})$/.exec(told)?.[1];
	return { outcome: 'failed', ...(error !== undefined && { error }) };
}
