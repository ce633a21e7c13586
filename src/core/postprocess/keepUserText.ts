import { lineSuffix } from '../text/documentSnapshot';
import type { Filter } from './filter';

/**
 * The promise that no other filter may break: applying the item never deletes a character the user wrote. What it
 * replaces lies in the cursor's line and comes again, in order, in the text.
 */
export const keepUserText: Filter = (candidate, context) => {
	const rest = lineSuffix(context);
	const { text, replaceAfter } = candidate;
	const isKept = replaceAfter >= 0 && replaceAfter <= rest.length && isSubsequence(rest.slice(0, replaceAfter), text);
	return isKept ? candidate : undefined;
};

/** True when the characters of `part` all come in `whole`, in that order. */
export function isSubsequence(part: string, whole: string): boolean {
	let from = 0;
	for (let index = 0; index < part.length; index++) {
		const at = whole.indexOf(part.charAt(index), from);
		if (at === -1) {
			return false;
		}
		from = at + 1;
	}
	return true;
}
