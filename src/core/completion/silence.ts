import { isProse, opensBlock } from '../postprocess/blocks';
import { hasWord, indentOf, indentUnit, linesAbove } from '../postprocess/lines';
import type { Settings } from '../settings/settings';
import { cursorRegion } from '../text/cursorRegion';
import { linePrefix, lineSuffix, type DocumentSnapshot } from '../text/documentSnapshot';

/** A longer line is minified or generated: nobody types there, and the model was not trained on such. */
const longestLine = 2000;

/** Words to the right make a fill-in; of more than this many characters small models just write them again. */
const longestWordsToTheRight = 8;

/** What a tab counts for in a file that shows no indentation of its own. */
const usualUnit = 4;

/** What the user wants beyond code. */
export type SilenceSettings = Partial<Pick<Settings, 'completion.prose'>>;

/**
 * Why no completion is asked for here, as a clause for "Sotto is silent because …"; `undefined` where one is. Who asks by
 * hand always gets an answer, except in a file that is no text.
 */
export function silenceReason(
	document: DocumentSnapshot,
	trigger: 'automatic' | 'manual',
	settings: SilenceSettings = {},
): string | undefined {
	if (document.prefix.includes('\u0000') || document.suffix.includes('\u0000')) {
		return 'the file looks binary';
	}
	return trigger === 'manual' ? undefined : automaticSilence(document, settings);
}

function automaticSilence(document: DocumentSnapshot, settings: SilenceSettings): string | undefined {
	const before = linePrefix(document);
	const after = lineSuffix(document);
	if (before.length > longestLine || after.length > longestLine) {
		return `the line is longer than ${longestLine} characters`;
	}
	if (document.prefix.trim() === '' && document.suffix.trim() === '') {
		return 'the file is empty';
	}
	if (/^[\p{L}\p{N}\p{M}_$]/u.test(after)) {
		return 'the cursor is inside or in front of a word';
	}
	if (hasWord(after) && after.trim().length > longestWordsToTheRight) {
		return 'there is code right of the cursor';
	}
	if (isIndenting(document, before)) {
		return 'the line is still being indented';
	}
	return settings['completion.prose'] === true ? undefined : proseReason(document);
}

/** Small models make up what they cannot know: here that is all of it. */
function proseReason({ prefix, languageId }: DocumentSnapshot): string | undefined {
	if (isProse(languageId)) {
		return isInFence(prefix) ? undefined : 'this is prose, where sotto.completion.prose is off';
	}
	return cursorRegion(prefix, languageId) === 'comment'
		? 'the cursor is in a comment, where sotto.completion.prose is off'
		: undefined;
}

/** Between the fences of a block of code in Markdown. */
function isInFence(prefix: string): boolean {
	return (prefix.match(/^[ \t]*```/gm)?.length ?? 0) % 2 === 1;
}

/**
 * White space deeper than code below the line above would be: the user presses Tab to indent, and ghost text would take
 * the next Tab. One unit is normal for a continued line, two after an opener (PEP 8's hanging indent).
 */
function isIndenting({ prefix, suffix, languageId }: DocumentSnapshot, before: string): boolean {
	if (before === '' || before.trim() !== '') {
		return false;
	}
	const above = linesAbove(prefix)[0] ?? '';
	const unit = indentUnit(prefix, suffix);
	const unitWidth = unit === undefined || unit === '\t' ? usualUnit : unit.length;
	const units = opensBlock(above, languageId) ? 2 : 1;
	return width(before) > width(indentOf(above)) + units * unitWidth;
}

function width(indent: string): number {
	return indent.replaceAll('\t', ' '.repeat(usualUnit)).length;
}
