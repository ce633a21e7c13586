import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Verdict } from '../../../core/evaluation/infilling/infillingRecord';
import { isolations, type Isolation } from './isolation';
import { runIsolated, type SandboxLimits } from './runIsolated';

/** The benchmark's own runner gives a program a few seconds; its tests take milliseconds. 512 MB is far more than they need. */
const usualLimits: SandboxLimits = {
	wallMs: 5_000,
	cpuSeconds: 5,
	memoryBytes: 512 * 1024 * 1024,
	processes: 32,
	fileBytes: 1024 * 1024,
};

/** Runs programs of Python source that nobody has read, each in a process and a folder of its own. */
export class Sandbox {
	readonly #limits: SandboxLimits;

	private constructor(
		private readonly isolation: Isolation,
		limits: Partial<SandboxLimits>,
	) {
		this.#limits = { ...usualLimits, ...limits };
	}

	/**
	 * The strongest that works here; each is tried with a program that passes.
	 * @param among those to choose from. @returns `undefined` where none works, as without Python.
	 */
	static async find(limits: Partial<SandboxLimits> = {}, among?: readonly Isolation[]): Promise<Sandbox | undefined> {
		for (const isolation of among ?? (await isolations(process.getuid?.() === 0))) {
			const sandbox = new Sandbox(isolation, limits);
			const verdict = await sandbox.run('assert 1 + 1 == 2\n').catch(cannotStart);
			if (verdict.outcome === 'passed') {
				return sandbox;
			}
		}
		return undefined;
	}

	/** Completes “The fills were run …”. */
	get description(): string {
		return this.isolation.description;
	}

	/** Never rejects for what the program does. @throws Error when no process can be started or no folder be made. */
	async run(source: string): Promise<Verdict> {
		const folder = await mkdtemp(join(tmpdir(), 'sotto-fill-'));
		try {
			const { user } = this.isolation;
			if (user !== undefined) {
				await chown(folder, user, user);
			}
			return await runIsolated(this.isolation, source, { folder, limits: this.#limits });
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	}
}

/** Then the next is tried. */
function cannotStart(): Verdict {
	return { outcome: 'failed' };
}
