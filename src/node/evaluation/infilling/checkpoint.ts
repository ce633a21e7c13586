import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import type { FillMode, InfillingRecord } from '../../../core/evaluation/infilling/infillingRecord';
import { UsageError } from '../../cli/arguments';

/** All that decides what a run finds. Two runs that differ in any of it must not be put together. */
export type RunIdentity = Readonly<Record<string, string | number>>;

/**
 * The fills that are done, a line each, so that a run that was interrupted goes on where it was. A last line that was cut off
 * in the middle is dropped.
 */
export class Checkpoint {
	readonly #done = new Map<string, InfillingRecord>();

	private constructor(private readonly path: string | undefined) {}

	/**
	 * @param path `undefined`: nothing is kept.
	 * @throws UsageError where the file is of another run.
	 */
	static async open(path: string | undefined, identity: RunIdentity): Promise<Checkpoint> {
		const checkpoint = new Checkpoint(path);
		if (path === undefined) {
			return checkpoint;
		}
		const head = JSON.stringify(identity);
		const [first, ...rest] = (await textOf(path)).split('\n');
		if (first === undefined || first === '') {
			await writeFile(path, `${head}\n`);
			return checkpoint;
		}
		if (first !== head) {
			throw new UsageError(
				`${path} is what is done of a run with another model, other options or another build of Sotto. Delete it to start anew, or name another report: --out FILE.json`,
			);
		}
		const whole = rest.slice(0, -1);
		whole.forEach(line => {
			checkpoint.#keep(JSON.parse(line) as InfillingRecord);
		});
		await writeFile(path, [first, ...whole, ''].join('\n'));
		return checkpoint;
	}

	get(task: string, mode: FillMode): InfillingRecord | undefined {
		return this.#done.get(`${mode} ${task}`);
	}

	async add(record: InfillingRecord): Promise<void> {
		this.#keep(record);
		if (this.path !== undefined) {
			await appendFile(this.path, `${JSON.stringify(record)}\n`);
		}
	}

	/** The report has all of it. */
	async remove(): Promise<void> {
		if (this.path !== undefined) {
			await rm(this.path, { force: true });
		}
	}

	#keep(record: InfillingRecord): void {
		this.#done.set(`${record.mode} ${record.task}`, record);
	}
}

async function textOf(path: string): Promise<string> {
	try {
		return await readFile(path, 'utf8');
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
			return '';
		}
		throw error;
	}
}
