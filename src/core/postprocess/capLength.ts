import type { Filter } from './filter';

/** Far more than anybody reads before pressing Tab, and than the engine is asked for. UTF-16 units. */
const longest = 8000;

/** A text without end is not looked at beyond this: it ends with the last whole line before. */
export const capLength: Filter = candidate => {
	if (candidate.text.length <= longest) {
		return candidate;
	}
	const start = candidate.text.slice(0, longest);
	const lastLine = start.lastIndexOf('\n');
	return { ...candidate, text: start.slice(0, Math.max(0, lastLine)) };
};
