import { fillHole, type FillPorts, type FillWishes } from '../../../core/evaluation/infilling/fillHole';
import { programOf } from '../../../core/evaluation/infilling/infillingDocument';
import type { FillMode, InfillingRecord, Verdict } from '../../../core/evaluation/infilling/infillingRecord';
import type { InfillingTask } from '../../../core/evaluation/infilling/infillingTask';
import type { Checkpoint } from './checkpoint';
import { RunningChecks } from './runningChecks';

export interface InfillingPlan extends FillWishes {
	readonly tasks: readonly InfillingTask[];
	readonly modes: readonly FillMode[];
	/** Keep what was suggested in the records. */
	readonly fills: boolean;
}

export interface InfillingPorts extends FillPorts {
	/** Runs a program that nobody has read. */
	readonly run: (program: string) => Promise<Verdict>;
	readonly checkpoint: Pick<Checkpoint, 'get' | 'add'>;
	/** Told after each fill; `resumed`: how many of those that are done were done before. */
	readonly onProgress: (done: number, total: number, resumed: number) => void;
	/** Lets the process attend to signals. */
	readonly pause: () => Promise<void>;
}

/** More fills than this are not run beside the model, which needs the processor. */
const mostRunning = 2;

/**
 * Asks for each hole in each mode, and runs each fill while the model is at the next. When `signal` aborts, what is done is
 * returned. Throws the engine's errors.
 */
export async function evaluateInfilling(
	plan: InfillingPlan,
	ports: InfillingPorts,
	signal: AbortSignal,
): Promise<readonly InfillingRecord[]> {
	const asked = plan.tasks.flatMap(task => plan.modes.map(mode => ({ task, mode })));
	const resumed = asked.filter(({ task, mode }) => ports.checkpoint.get(task.id, mode) !== undefined).length;
	const checks = new RunningChecks(mostRunning);
	let done = resumed;
	for (const question of asked) {
		const { task, mode } = question;
		if (ports.checkpoint.get(task.id, mode) !== undefined) {
			continue;
		}
		const fill = await unlessAborted(fillHole(question, plan, ports, signal), signal);
		await ports.pause();
		if (fill === undefined) {
			break;
		}
		await checks.add(
			judge(fill, task, { plan, ports }).then(() => {
				ports.onProgress(++done, asked.length, resumed);
			}),
		);
	}
	await checks.all();
	return asked.map(({ task, mode }) => ports.checkpoint.get(task.id, mode)).filter(record => record !== undefined);
}

type Fill = Awaited<ReturnType<typeof fillHole>>;

async function judge(
	{ record, file }: Fill,
	task: InfillingTask,
	{ plan, ports }: { readonly plan: InfillingPlan; readonly ports: InfillingPorts },
): Promise<void> {
	const verdict = await ports.run(programOf(task, file));
	const { fill, ...rest } = record;
	await ports.checkpoint.add({ ...rest, verdict, ...(plan.fills && fill !== undefined && { fill }) });
}

/** After an abort no error counts: the engine may have been interrupted with us. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
	try {
		return await work;
	} catch (error) {
		if (signal.aborted) {
			return undefined;
		}
		throw error;
	}
}
