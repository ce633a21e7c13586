import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { runOrThrow } from '../workbench/run';

const answerShape = z.object({ text: z.string(), ms: z.number() });

/** Types `typed` at the end of a line of the file (from 1), and has it completed by the path that the extension takes. */
export async function firstCompletion(
	root: string,
	file: string,
	line: number,
	typed: string,
): Promise<z.infer<typeof answerShape>> {
	const text = await readFile(file, 'utf8');
	const lines = text.split('\n');
	const before = `${lines[line - 1] ?? ''}${typed}`;
	await writeFile(file, lines.with(line - 1, before).join('\n'));
	try {
		const output = await runOrThrow(
			process.execPath,
			[join(root, 'dist/cli.mjs'), 'complete', `${file}:${line}:${before.length + 1}`, '--json'],
			'The engine gave no first completion.',
		);
		return answerShape.parse(JSON.parse(output));
	} finally {
		await writeFile(file, text);
	}
}
