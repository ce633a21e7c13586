import type { StopReason } from '../completion/stopReason';
import type { Filter } from './filter';

/** The engine stopped because it had to, not because the code was at an end. */
const cutShort: ReadonlySet<StopReason> = new Set<StopReason>(['token-limit', 'context-full']);

/**
 * What a limit cut off is not shown: of several lines the last, of one line the last word, which may be half a word.
 * Does nothing where the stop reason is unknown.
 */
export const dropHalfLine: Filter = (candidate, { stopReason }) => {
	if (stopReason === undefined || !cutShort.has(stopReason)) {
		return candidate;
	}
	const { text } = candidate;
	const lastLine = text.lastIndexOf('\n');
	const isOneLine = text.slice(0, Math.max(0, lastLine)).trim() === '';
	return { ...candidate, text: isOneLine ? text.replace(/[\p{L}\p{N}_$]+$/u, '') : text.slice(0, lastLine) };
};
