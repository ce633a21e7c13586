/** Longer files are seen up to here, UTF-16 units. */
export const longestOpenText = 100_000;

/** A document that the user has open, or had open lately, and that Sotto may read. LF line ends; `text` may be cut at a bounded length. */
export interface OpenFile {
	readonly uri: string;
	/** Relative to the workspace folder, forward slashes; the bare file name outside one. What the model sees. */
	readonly path: string;
	readonly languageId: string;
	readonly version: number;
	readonly text: string;
	/** `recent` when it is closed; left out: `files`. */
	readonly source?: 'files' | 'recent';
}
