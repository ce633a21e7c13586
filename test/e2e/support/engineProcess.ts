import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { descendants, isAlive, type ProcessInfo } from '../../../scripts/workbench/processes';
import { type WorkbenchServer } from '../../../scripts/workbench/server';

/** All of Sotto's engines below the workbench: while models are evaluated, the one that is asked has a process of its own. */
export function findEngines(server: WorkbenchServer): readonly ProcessInfo[] {
	return descendants(server.pid).filter(({ command }) => command.includes('dist/engine.mjs'));
}

/** Sotto's engine below the workbench, or `undefined` while there is none. Throws when there are two. */
export function findEngine(server: WorkbenchServer): ProcessInfo | undefined {
	const engines = findEngines(server);
	if (engines.length > 1) {
		throw new Error(`${engines.length} engines run: ${engines.map(({ pid }) => pid).join(', ')}`);
	}
	return engines[0];
}

/** Waits for an engine other than `notThis`. */
export async function waitForEngine(server: WorkbenchServer, notThis?: number): Promise<number> {
	const deadline = Date.now() + 30_000;
	while (Date.now() < deadline) {
		const engine = findEngine(server);
		if (engine !== undefined && engine.pid !== notThis) {
			return engine.pid;
		}
		await sleep(50);
	}
	throw new Error('No engine was started within 30 s.');
}

/** Ends it as the kernel does when memory is short, and waits until it is gone. */
export async function killEngine(pid: number): Promise<void> {
	process.kill(pid, 'SIGKILL');
	while (isAlive(pid)) {
		await sleep(5);
	}
}

/** The extension host of the workbench. */
export function findExtensionHost(server: WorkbenchServer): ProcessInfo {
	const [host, ...more] = descendants(server.pid).filter(({ command }) => command.includes('--type=extensionHost'));
	if (host === undefined || more.length > 0) {
		throw new Error(`expected one extension host, found ${host === undefined ? 0 : more.length + 1}`);
	}
	return host;
}

/** The GGUF files that a process has mapped. */
export function mappedModels(pid: number): readonly string[] {
	const lines = readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n');
	return [...new Set(lines.flatMap(line => /\s(\/.*\.gguf)$/.exec(line)?.[1] ?? []))];
}
