import { readdirSync, readFileSync } from 'node:fs';

/**
 * Processor time of all threads of a process so far, milliseconds. From the scheduler's nanosecond count where the kernel
 * keeps one; `/proc/PID/stat`, which counts in hundredths of a second, is too coarse for one key.
 */
export function processorMs(pid: number): number {
	const tasks = `/proc/${pid}/task`;
	const nanoseconds = readdirSync(tasks).reduce((sum, task) => sum + runTime(`${tasks}/${task}/schedstat`), 0);
	return nanoseconds / 1e6;
}

/** 0 for a thread that ended meanwhile. */
function runTime(path: string): number {
	try {
		return Number(readFileSync(path, 'utf8').split(' ')[0]);
	} catch {
		return 0;
	}
}

/** Memory of a process that no file backs, bytes: what it needs beside the weights, which are mapped. */
export function anonymousBytes(pid: number): number {
	return kilobytes(pid, 'RssAnon') * 1024;
}

/** All memory of a process that is in RAM, bytes. */
export function residentBytes(pid: number): number {
	return kilobytes(pid, 'VmRSS') * 1024;
}

function kilobytes(pid: number, field: string): number {
	const line = new RegExp(`^${field}:\\s*(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
	return Number(line?.[1]);
}
