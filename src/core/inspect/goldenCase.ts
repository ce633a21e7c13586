import type { StopReason } from '../completion/stopReason';
import type { Candidate, FilterContext } from '../postprocess/filter';
import { linePrefix, lineSuffix } from '../text/documentSnapshot';

/**
 * A recorded answer of a model at a place in real code, and the suggestion that has to come of it. A file of such cases is
 * named by its language (`test/unit/postprocess/golden/typescript.txt`):
 *
 *     # ends before the line that stands below, and what else there is to say
 *     @ immer 11.2.10 src/core/proxy.ts; bundled; end-of-line
 *     |	const a = ‸
 *     |	f(a)
 *     >b;
 *     >	f(a)
 *     =	const a = b;
 *
 * `@` names source, model and stop reason. `|` is the document around the cursor and `>` the answer. `=` are the lines that
 * replace the cursor's line when the suggestion is accepted; there are none where nothing is to be shown. A line that ends
 * in white space is followed by `¶`, and an invisible character is written as its code: `⟨U+200B⟩`.
 */
export interface GoldenCase {
	readonly title: string;
	/** Where the code is from: package, version and path. */
	readonly source: string;
	readonly model: string;
	/** `undefined` where it is not known: the text was cut by the gate, or remembered. */
	readonly stopReason: StopReason | undefined;
	readonly prefix: string;
	readonly suffix: string;
	readonly says: string;
	/** The suggestion; `undefined` where nothing is shown. */
	readonly shown: Candidate | undefined;
}

export const cursorMark = '‸';

/** Stands for a stop reason that is not known. */
export const unknownReason = 'not known';

/** The lines that replace the cursor's line when the suggestion is accepted. */
export function linesAfter(shown: Candidate, context: Pick<FilterContext, 'prefix' | 'suffix'>): string {
	return linePrefix(context) + shown.text + lineSuffix(context).slice(shown.replaceAfter);
}

export function renderGolden(one: GoldenCase): string {
	const { title, source, model, stopReason = unknownReason, prefix, suffix, says, shown } = one;
	const origin = [source, model, stopReason].map(part => inCodes(visible(part), /[;\n]/g)).join('; ');
	const document = visible(prefix) + cursorMark + visible(suffix);
	const becomes = shown === undefined ? [] : marked('=', visible(linesAfter(shown, one)));
	return `${[
		`# ${inCodes(visible(title), /\n/g)}`,
		`@ ${origin}`,
		...marked('|', document),
		...marked('>', visible(says)),
		...becomes,
	].join('\n')}\n`;
}

function marked(mark: string, text: string): readonly string[] {
	return text.split('\n').map(line => `${mark}${line}${/[\s¶]$/.test(line) ? '¶' : ''}`);
}

/**
 * Invisible characters, those that reorder text, and those that a clipboard does not keep (a carriage return, half of a
 * surrogate pair). Also the cursor's mark, which must be there once, and text that looks like such a code already.
 */
const unwritable = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0‸]|⟨(?=U\+)/gu;

function visible(text: string): string {
	return inCodes(text, unwritable);
}

function inCodes(text: string, characters: RegExp): string {
	return text.replace(
		characters,
		character => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
	);
}
