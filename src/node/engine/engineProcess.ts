import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { EngineError } from '../../core/engine/engineError';
import { EngineClient } from '../../protocol/engineClient';
import { engineEnvironment } from './engineEnvironment';

/** How long the engine may take to end by itself, and then to end on SIGTERM. Milliseconds. */
const graceMs = 1000;

/** A running engine: its client, and its end. */
export interface EngineProcess {
	readonly pid: number | undefined;
	readonly client: EngineClient;
	/** Resolves once, when the process has ended, with a short reason (`exit code 1`, `signal SIGKILL`). */
	readonly ended: Promise<string>;
	/** The stop ladder: close the channel (the engine exits on that), then SIGTERM, then SIGKILL. */
	stop(): Promise<void>;
	/** For an engine that does not answer: straight to SIGKILL. `reason` is what `ended` then says. */
	kill(reason: string): void;
}

/** The child gets nothing of ours but an IPC channel: no arguments, no standard input, an allow-list of variables. */
export function engineForkOptions(entry: string, environment: Readonly<NodeJS.ProcessEnv>): ForkOptions {
	return {
		execArgv: [],
		env: engineEnvironment(environment),
		cwd: dirname(entry),
		serialization: 'advanced',
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
	};
}

/**
 * Forks the engine.
 * @param entry absolute path of `engine.mjs`.
 * @param onOutput lines that native code wrote to standard output or error.
 * @throws EngineError `engine-unavailable` when the entry is not there (a VSIX without an engine for this platform).
 */
export function startEngineProcess(entry: string, onOutput: (text: string) => void): EngineProcess {
	if (!existsSync(entry)) {
		throw new EngineError(
			'engine-unavailable',
			'This build of Sotto has no engine for this platform. Install the VSIX made for your platform.',
		);
	}
	const child = fork(entry, [], engineForkOptions(entry, process.env));
	for (const stream of [child.stdout, child.stderr]) {
		stream?.setEncoding('utf8').on('data', (chunk: string) => {
			onOutput(chunk.trimEnd());
		});
	}
	const client = new EngineClient(createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child)));
	let killedBecause: string | undefined;
	const ended = endOf(child).then(reason => killedBecause ?? reason);
	void ended.then(reason => {
		client.close(reason);
	});
	const kill = (reason: string): void => {
		killedBecause = reason;
		client.close(reason);
		child.kill('SIGKILL');
	};
	return { pid: child.pid, client, ended, stop: () => stop(child, client, ended), kill };
}

function endOf(child: ChildProcess): Promise<string> {
	return new Promise(resolve => {
		child.once('error', error => {
			resolve(error.message);
		});
		child.once('exit', (code, signal) => {
			resolve(signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`);
		});
	});
}

async function stop(child: ChildProcess, client: EngineClient, ended: Promise<string>): Promise<void> {
	client.dispose();
	if (child.connected) {
		child.disconnect();
	}
	for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
		if (await endsWithin(graceMs, ended)) {
			return;
		}
		child.kill(signal);
	}
	await ended;
}

async function endsWithin(milliseconds: number, ended: Promise<string>): Promise<boolean> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<false>(resolve => {
		timer = setTimeout(resolve, milliseconds, false);
	});
	try {
		return await Promise.race([ended.then(() => true), late]);
	} finally {
		clearTimeout(timer);
	}
}
