import type { Candidate } from '../../../src/core/postprocess/filter';
import { linePrefix, lineSuffix } from '../../../src/core/text/documentSnapshot';

/**
 * What a model really said at a place of real code, and what is right to show of it. In a file of them:
 *
 *     # ends before the line that stands below, and what else there is to say
 *     @ immer 11.2.10 src/core/proxy.ts; bundled; end-of-line
 *     |	const a = ‸
 *     |	f(a)
 *     >b;
 *     >	f(a)
 *     =	const a = b;
 *
 * `@` names source, model and why the model stopped. `|` is the document around the cursor, `>` what the model said, and
 * `=` the lines of the document that the item leaves in place of the cursor's line; none where nothing is to be shown.
 * A line that ends in white space has a `¶` behind it.
 */
export interface Golden {
	readonly title: string;
	readonly source: string;
	readonly model: string;
	readonly stopReason: string;
	readonly prefix: string;
	readonly suffix: string;
	readonly says: string;
	/** The item, for writing. */
	readonly shown: Candidate | undefined;
}

export interface GoldenCase extends Omit<Golden, 'shown'> {
	/** The lines that replace the cursor's; `undefined` where nothing is shown. */
	readonly becomes: string | undefined;
}

const cursor = '‸';

/** The lines that an item leaves in place of the cursor's line. */
export function linesAfter(shown: Candidate, context: { readonly prefix: string; readonly suffix: string }): string {
	return linePrefix(context) + shown.text + lineSuffix(context).slice(shown.replaceAfter);
}

export function renderGolden({ title, source, model, stopReason, prefix, suffix, says, shown }: Golden): string {
	const head = [`# ${title}`, `@ ${source}; ${model}; ${stopReason}`];
	const becomes = shown === undefined ? [] : marked('=', linesAfter(shown, { prefix, suffix }));
	return `${[...head, ...marked('|', prefix + cursor + suffix), ...marked('>', says), ...becomes].join('\n')}\n`;
}

function marked(mark: string, text: string): readonly string[] {
	return text.split('\n').map(line => `${mark}${line}${/\s$/.test(line) ? '¶' : ''}`);
}

/** @throws Error that names the case which is not written as the format wants it. */
export function parseGolden(text: string): readonly GoldenCase[] {
	return text
		.split(/^(?=# )/m)
		.filter(block => block.startsWith('# '))
		.map(parseCase);
}

function parseCase(block: string): GoldenCase {
	const lines = block.split('\n');
	const title = lines[0]?.slice(2) ?? '';
	const says = unmarked('>', lines);
	const [prefix, suffix, ...others] = unmarked('|', lines)?.split(cursor) ?? [];
	if (prefix === undefined || suffix === undefined || others.length > 0 || says === undefined) {
		throw new Error(`"${title}" needs a document (|) with one ${cursor}, and what the model said (>).`);
	}
	return { title, ...parseOrigin(title, lines[1] ?? ''), prefix, suffix, says, becomes: unmarked('=', lines) };
}

function parseOrigin(title: string, line: string): Pick<Golden, 'source' | 'model' | 'stopReason'> {
	const [source, model, stopReason, ...more] = line.replace(/^@ /, '').split('; ');
	if (source === undefined || model === undefined || stopReason === undefined || more.length > 0) {
		throw new Error(`The second line of "${title}" must be "@ source; model; stop reason".`);
	}
	return { source, model, stopReason };
}

function unmarked(mark: string, lines: readonly string[]): string | undefined {
	const own = lines.slice(2).filter(line => line.startsWith(mark));
	return own.length === 0 ? undefined : own.map(line => line.slice(1).replace(/¶$/, '')).join('\n');
}
