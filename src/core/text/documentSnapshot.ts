/**
 * A window of a document around the cursor, as the core sees it. Line ends are LF whatever the document uses;
 * `prefix` and `suffix` are cut at a bounded number of characters, so a 1 MB line costs nothing.
 */
export interface DocumentSnapshot {
	readonly uri: string;
	/** Relative to the workspace folder, forward slashes; the bare file name outside one. What the model sees. */
	readonly path: string;
	readonly languageId: string;
	readonly version: number;
	readonly prefix: string;
	readonly suffix: string;
}

/** The line the cursor is in, up to the cursor. */
export function linePrefix(snapshot: Pick<DocumentSnapshot, 'prefix'>): string {
	return snapshot.prefix.slice(snapshot.prefix.lastIndexOf('\n') + 1);
}

/** The line the cursor is in, from the cursor on. */
export function lineSuffix(snapshot: Pick<DocumentSnapshot, 'suffix'>): string {
	const end = snapshot.suffix.indexOf('\n');
	return end === -1 ? snapshot.suffix : snapshot.suffix.slice(0, end);
}
