import { isStopReason } from '../../../src/core/completion/stopReason';
import { cursorMark, unknownReason, type GoldenCase } from '../../../src/core/inspect/goldenCase';

/** A golden case as it is read: `becomes`, the lines that replace the cursor's, in place of the item. */
export interface ReadCase extends Omit<GoldenCase, 'shown'> {
	/** `undefined` where nothing is shown. */
	readonly becomes: string | undefined;
}

/**
 * Reads what `renderGolden` writes and people mend.
 * @throws Error that names the case which is not written as the format wants it.
 */
export function parseGolden(text: string): readonly ReadCase[] {
	return text
		.split(/^(?=# )/m)
		.filter(block => block.startsWith('# '))
		.map(parseCase);
}

function parseCase(block: string): ReadCase {
	const lines = block.split('\n');
	const title = decoded(lines[0]?.slice(2) ?? '');
	const says = unmarked('>', lines);
	const [prefix, suffix, ...others] = unmarked('|', lines)?.split(cursorMark) ?? [];
	if (prefix === undefined || suffix === undefined || others.length > 0 || says === undefined) {
		throw new Error(`"${title}" needs a document (|) with one ${cursorMark}, and what the model said (>).`);
	}
	const becomes = unmarked('=', lines);
	return {
		title,
		...parseOrigin(title, lines[1] ?? ''),
		prefix: decoded(prefix),
		suffix: decoded(suffix),
		says: decoded(says),
		becomes: becomes === undefined ? undefined : decoded(becomes),
	};
}

function parseOrigin(title: string, line: string): Pick<ReadCase, 'source' | 'model' | 'stopReason'> {
	const [source, model, stopReason, ...more] = line.replace(/^@ /, '').split('; ').map(decoded);
	if (source === undefined || model === undefined || stopReason === undefined || more.length > 0) {
		throw new Error(`The second line of "${title}" must be "@ source; model; stop reason".`);
	}
	if (stopReason !== unknownReason && !isStopReason(stopReason)) {
		throw new Error(`"${title}" has the stop reason "${stopReason}", which the engine does not have.`);
	}
	return { source, model, stopReason: stopReason === unknownReason ? undefined : stopReason };
}

function unmarked(mark: string, lines: readonly string[]): string | undefined {
	const own = lines.slice(2).filter(line => line.startsWith(mark));
	return own.length === 0 ? undefined : own.map(line => line.slice(1).replace(/¶$/, '')).join('\n');
}

function decoded(text: string): string {
	return text.replace(/⟨U\+([0-9A-F]{4,6})⟩/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
}
