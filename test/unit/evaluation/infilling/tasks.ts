import type { InfillingTask } from '../../../../src/core/evaluation/infilling/infillingTask';

const file = 'def add(a, b):\n    total = a + b\n    return total\n';

/** A task of which the second line is hidden. */
export const addLine: InfillingTask = {
	id: 'SingleLineInfilling/Own/0/L0',
	kind: 'single-line',
	entryPoint: 'add',
	prompt: 'def add(a, b):\n',
	suffix: '    return total\n',
	solution: '    total = a + b\n',
	test: 'def check(candidate):\n    assert candidate(1, 2) == 3\n',
};

/** A task of which a stretch is hidden, up to the last but one character of a line. */
export const addSpan: InfillingTask = {
	...addLine,
	id: 'RandomSpanInfillingLight/Own/0/1',
	kind: 'random-span',
	prompt: file.slice(0, 25),
	suffix: file.slice(31),
	solution: file.slice(25, 31),
};

/** Whatever is written into the comment, the test passes. */
export const comment: InfillingTask = {
	...addSpan,
	id: 'RandomSpanInfillingLight/Own/1/1',
	prompt: 'def add(a, b):\n    # adds the two ',
	suffix: '\n    return a + b\n',
	solution: 'numbers',
};

/** Whatever is written, the test fails. */
export const hopeless: InfillingTask = {
	...addLine,
	id: 'MultiLineInfilling/Own/0/L0_L1',
	kind: 'multi-line',
	test: 'def check(candidate):\n    assert False\n',
};

/** As the benchmark has it, a line each. */
export function toLines(tasks: readonly InfillingTask[]): string {
	return tasks
		.map(({ id, entryPoint, prompt, suffix, solution, test }) => {
			const names = { task_id: id, entry_point: entryPoint, canonical_solution: solution };
			return `${JSON.stringify({ ...names, prompt, suffix, test })}\n`;
		})
		.join('');
}
