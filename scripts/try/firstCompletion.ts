import { join } from 'node:path';
import * as z from 'zod/mini';
import { runOrThrow } from '../workbench/run';

const answerShape = z.object({ text: z.string(), ms: z.number() });

/** A completion in the terminal, by the path that the extension takes. Line and column from 1. */
export async function firstCompletion(
	root: string,
	file: string,
	line: number,
	column: number,
): Promise<z.infer<typeof answerShape>> {
	const output = await runOrThrow(
		process.execPath,
		[join(root, 'dist/cli.mjs'), 'complete', `${file}:${line}:${column}`, '--json'],
		'The engine gave no first completion.',
	);
	return answerShape.parse(JSON.parse(output));
}
