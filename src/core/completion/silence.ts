import { isProse, opensBlock } from '../postprocess/blocks';
import { hasWord, indentOf, indentUnit, linesAbove } from '../postprocess/lines';
import type { Settings } from '../settings/settings';
import { cursorRegion } from '../text/cursorRegion';
import { linePrefix, lineSuffix, type DocumentSnapshot } from '../text/documentSnapshot';
import type { PlaceReason } from './silenceReasons';

/** A longer line is minified or generated: nobody types there, and the model was not trained on such. */
export const longestLine = 2000;

/** Words to the right make a fill-in; of more than this many characters small models just write them again. */
const longestWordsToTheRight = 8;

/** What a tab counts for in a file that shows no indentation of its own. */
const usualUnit = 4;

/** What the user wants beyond code. */
export type SilenceSettings = Partial<Pick<Settings, 'completion.prose'>>;

/**
 * Why the model is not asked at this place; `undefined` where it is. A request by hand is always answered, except in a
 * file that is no text.
 */
export function silenceReason(
	document: DocumentSnapshot,
	trigger: 'automatic' | 'manual',
	settings: SilenceSettings = {},
): PlaceReason | undefined {
	if (document.prefix.includes('\u0000') || document.suffix.includes('\u0000')) {
		return 'binary-file';
	}
	return trigger === 'manual' ? undefined : automaticSilence(document, settings);
}

function automaticSilence(document: DocumentSnapshot, settings: SilenceSettings): PlaceReason | undefined {
	const before = linePrefix(document);
	const after = lineSuffix(document);
	if (before.length > longestLine || after.length > longestLine) {
		return 'long-line';
	}
	if (document.prefix.trim() === '' && document.suffix.trim() === '') {
		return 'empty-file';
	}
	if (/^[\p{L}\p{N}\p{M}_$]/u.test(after)) {
		return 'inside-word';
	}
	if (hasWord(after) && after.trim().length > longestWordsToTheRight) {
		return 'code-to-the-right';
	}
	if (isIndenting(document, before)) {
		return 'indenting';
	}
	return settings['completion.prose'] === true ? undefined : proseReason(document);
}

/** Small models make up what they cannot know: here that is all of it. */
function proseReason({ prefix, languageId }: DocumentSnapshot): PlaceReason | undefined {
	if (isProse(languageId)) {
		return isInFence(prefix) ? undefined : 'prose';
	}
	return cursorRegion(prefix, languageId) === 'comment' ? 'comment' : undefined;
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
