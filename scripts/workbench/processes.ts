import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Reads Linux' /proc. A process that ends while it is being looked at counts as gone. */

export interface ProcessInfo {
	readonly pid: number;
	readonly command: string;
}

/** All processes below `root`, nearest first, with their command lines. */
export function descendants(root: number): readonly ProcessInfo[] {
	const parents = new Map(processIds().flatMap(pid => pairWithParent(pid)));
	const found: ProcessInfo[] = [];
	let level = [root];
	while (level.length > 0) {
		const next = [...parents].filter(([, parent]) => level.includes(parent)).map(([pid]) => pid);
		found.push(...next.map(pid => ({ pid, command: commandOf(pid) })));
		level = next;
	}
	return found;
}

export interface Connection {
	readonly local: string;
	readonly remote: string;
	/** `listen` waits for others to connect; `connected` is everything else. */
	readonly state: 'listen' | 'connected';
}

/** The TCP and UDP sockets, of both address families, that a process holds. Addresses as /proc writes them: hex:hex. */
export function internetSockets(pid: number): readonly Connection[] {
	const inodes = new Set(
		attempt(() => readdirSync(`/proc/${pid}/fd`), []).flatMap(
			fd => /^socket:\[(\d+)\]$/.exec(attempt(() => readlinkSync(`/proc/${pid}/fd/${fd}`), ''))?.[1] ?? [],
		),
	);
	return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap(table =>
		attempt(() => readFileSync(`/proc/${pid}/net/${table}`, 'utf8'), '')
			.split('\n')
			.slice(1)
			.map(line => line.trim().split(/\s+/))
			.flatMap(([, local = '', remote = '', state = '', , , , , , inode = '']): Connection[] =>
				inodes.has(inode) ? [{ local, remote, state: state === '0A' ? 'listen' : 'connected' }] : [],
			),
	);
}

/** False for a process that has ended, also while nobody has collected its exit code. */
export function isAlive(pid: number): boolean {
	const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'), '');
	return stat !== '' && !/\) [ZX] /.test(stat);
}

function processIds(): readonly number[] {
	return readdirSync('/proc')
		.filter(name => /^\d+$/.test(name))
		.map(Number);
}

function pairWithParent(pid: number): [number, number][] {
	// The name in parentheses may hold spaces and parentheses itself: read from behind the last one.
	const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'), '');
	const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
	return parent === undefined ? [] : [[pid, Number(parent)]];
}

function commandOf(pid: number): string {
	return attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'), '')
		.replaceAll('\0', ' ')
		.trim();
}

function attempt<T>(read: () => T, otherwise: T): T {
	try {
		return read();
	} catch {
		return otherwise;
	}
}
