import type { Filter } from './filter';

/** The core speaks LF; VS Code writes the document's own line ends when it inserts. */
export const normaliseLineEnds: Filter = candidate => ({
	...candidate,
	text: candidate.text.replace(/\r\n?/g, '\n'),
});
