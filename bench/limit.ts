import { execFileSync } from 'node:child_process';
import * as z from 'zod/mini';

const few = 8;
const many = 40;

/**
 * The time that llama.cpp itself takes for one token of an answer on one thread, by `llama-bench` on the same file: milliseconds of
 * processor time, which unlike wall time do not depend on what else runs. The difference of a long and a short run, so that
 * loading the model, the prompt and the warm-up do not count.
 * @param depth tokens in the context in front of the measured ones: the more there are, the longer attention takes.
 */
export function measureDecodeLimit(program: string, model: string, depth: number): number {
	const milliseconds = (tokens: number): number => processorMs(program, model, { tokens, depth: Math.round(depth) });
	const short = milliseconds(few);
	return (milliseconds(many) - short) / (many - few);
}

const timeShape = z.object({ seconds: z.array(z.number()) });

/** Bash's own `time` tells the processor time of a child that ended; Node does not. */
function processorMs(
	program: string,
	model: string,
	{ tokens, depth }: { readonly tokens: number; readonly depth: number },
): number {
	const options = ['-m', model, '-t', '1', '-p', '0', '-n', `${tokens}`, '-d', `${depth}`, '-r', '1', '--no-warmup'];
	const script = '{ TIMEFORMAT="{\\"seconds\\": [%U, %S]}"; time "$@" > /dev/null 2>&1; } 2>&1';
	const said = execFileSync('bash', ['-c', script, 'bash', program, ...options], { encoding: 'utf8' });
	const { seconds } = timeShape.parse(JSON.parse(said));
	return 1000 * seconds.reduce((sum, part) => sum + part, 0);
}
