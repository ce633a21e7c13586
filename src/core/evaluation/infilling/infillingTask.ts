/**
 * The kind of hidden text, by the benchmark's names: `single-line` and `multi-line` hide whole lines with their line ends,
 * `random-span` any stretch of text.
 */
export type InfillingKind = 'single-line' | 'multi-line' | 'random-span';

/** One task of HumanEval-infilling: a Python function with a hole, and a test that tells whether a fill works. */
export interface InfillingTask {
	readonly id: string;
	readonly kind: InfillingKind;
	/** Name of the function that the test checks. */
	readonly entryPoint: string;
	/** The file before the hole, and after it. */
	readonly prompt: string;
	readonly suffix: string;
	/** The author's text at the gap. */
	readonly solution: string;
	/** Python source that defines `check(candidate)`. */
	readonly test: string;
}

/** The file holds something else. The message names the line. */
export class InfillingDataError extends Error {
	override readonly name = 'InfillingDataError';
}

const kinds: readonly (readonly [RegExp, InfillingKind])[] = [
	[/^SingleLine/, 'single-line'],
	[/^MultiLine/, 'multi-line'],
	[/^RandomSpan/, 'random-span'],
];

/** @param text one JSON object a line, as the benchmark is published. @throws InfillingDataError */
export function parseTasks(text: string): readonly InfillingTask[] {
	const lines = text.split('\n').map((line, index) => ({ line, number: index + 1 }));
	const tasks = lines.filter(({ line }) => line.trim() !== '').map(({ line, number }) => parseTask(line, number));
	if (tasks.length === 0) {
		throw new InfillingDataError('it holds no tasks');
	}
	return tasks;
}

function parseTask(line: string, number: number): InfillingTask {
	const task = parseObject(line);
	const field = (name: string): string => {
		const value = task[name];
		if (typeof value !== 'string') {
			throw new InfillingDataError(`line ${number} has no text named ${name}`);
		}
		return value;
	};
	const id = field('task_id');
	const kind = kinds.find(([pattern]) => pattern.test(id))?.[1];
	if (kind === undefined) {
		throw new InfillingDataError(`line ${number} is of no known kind (its task_id is “${id.slice(0, 60)}”)`);
	}
	const entryPoint = field('entry_point');
	if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(entryPoint)) {
		throw new InfillingDataError(`line ${number} has an entry_point that is no name`);
	}
	const [prompt, suffix, solution] = [field('prompt'), field('suffix'), field('canonical_solution')];
	return { id, kind, entryPoint, prompt, suffix, solution, test: field('test') };
}

function parseObject(line: string): Readonly<Record<string, unknown>> {
	try {
		const value: unknown = JSON.parse(line);
		return typeof value === 'object' && value !== null ? { ...value } : {};
	} catch {
		// Text that is no JSON has none of the fields, which is what is told.
		return {};
	}
}

/** Every so manieth task, from the one at `offset` on. */
export function everyNth<T>(tasks: readonly T[], every: number, offset: number): readonly T[] {
	return tasks.filter((_, index) => index >= offset && (index - offset) % every === 0);
}
