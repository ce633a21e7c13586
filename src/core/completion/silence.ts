import { opensBlock } from '../postprocess/blocks';
import { hasWord, indentOf, indentUnit, linesAbove } from '../postprocess/lines';
import type { Settings } from '../settings/settings';
import { cursorPlace } from '../text/cursorPlace';
import { linePrefix, lineSuffix, type DocumentSnapshot } from '../text/documentSnapshot';
import type { PlaceReason } from './silenceReasons';

/** A longer line is minified or generated. Nobody types there, and models are not trained on it. UTF-16 units. */
export const longestLine = 2000;

/** With more text than this right of the cursor, small models only repeat it. Characters. */
const longestWordsToTheRight = 8;

/** Columns of a tab in a file without indented lines. */
const usualUnit = 4;

/** The settings that decide about places outside of code. */
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

/** Small models invent facts in prose. */
function proseReason({ prefix, languageId }: DocumentSnapshot): PlaceReason | undefined {
	const place = cursorPlace(prefix, languageId);
	return place === 'prose' || place === 'comment' ? place : undefined;
}

/**
 * The white space before the cursor is deeper than code on this line would be, so the user is pressing Tab to indent, and ghost
 * text would take the next Tab. One unit is normal for a continued line, two after an opener (PEP 8's hanging indent).
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
