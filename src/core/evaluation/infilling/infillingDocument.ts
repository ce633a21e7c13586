import type { Suggestion } from '../../completion/completionRequest';
import type { DocumentSnapshot } from '../../text/documentSnapshot';
import { editSimilarity } from '../editSimilarity';
import type { InfillingTask } from './infillingTask';

/**
 * The file as an editor would have it, the cursor in the hole. Where whole lines are hidden, the cursor stands in column 0 of
 * an empty line: in a file without that line it would stand in front of the code below, where nobody asks for a line.
 */
export function documentOf({ id, prompt, suffix, kind }: InfillingTask): DocumentSnapshot {
	return {
		uri: `infilling:${id}`,
		path: 'solution.py',
		languageId: 'python',
		version: 1,
		prefix: prompt,
		suffix: kind === 'random-span' ? suffix : `\n${suffix}`,
	};
}

/** The document with the suggestion accepted. */
export function filled({ prefix, suffix }: DocumentSnapshot, { text, replaceAfter }: Suggestion): string {
	return prefix + text + suffix.slice(replaceAfter);
}

/** The program to run: the file, the test, and the call. It ends without an error when the fill is right. */
export function programOf({ test, entryPoint }: InfillingTask, file: string): string {
	return `${file}\n${test}\ncheck(${entryPoint})\n`;
}

/** Whether the accepted suggestion makes the author's file. White space at the ends of lines does not count. */
export function isExact(task: InfillingTask, file: string): boolean {
	return withoutTrailingSpace(file) === withoutTrailingSpace(task.prompt + task.solution + task.suffix);
}

/** Similarity of the hidden text and the written text, 0 to 1. */
export function holeSimilarity(task: InfillingTask, text: string): number {
	return editSimilarity(text.trimEnd(), task.solution.trimEnd());
}

function withoutTrailingSpace(text: string): string {
	return text.replace(/[^\S\n]+$/gm, '').trimEnd();
}
