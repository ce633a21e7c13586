import * as vscode from 'vscode';
import { decodeText } from '../../core/text/decodeText';
import type { StoredFile } from './recentFiles';

/** A larger file is not hand-written. Bytes. */
const largest = 1_000_000;
/** As of open files. UTF-16 units. */
const longestText = 100_000;

/**
 * The text of a file on disk, LF line ends, up to a bounded length.
 * @param knownStamp of an earlier answer: where it is still true, the text is not read again.
 * @returns `undefined` for what is gone, cannot be read, is too large or no text.
 */
export async function textOfFile(uri: vscode.Uri, knownStamp: number | undefined): Promise<StoredFile | undefined> {
	try {
		const { mtime, size } = await vscode.workspace.fs.stat(uri);
		if (size > largest) {
			return undefined;
		}
		if (mtime === knownStamp) {
			return { stamp: mtime, text: undefined };
		}
		const text = decodeText(await vscode.workspace.fs.readFile(uri));
		return text.includes('\0') ? undefined : { stamp: mtime, text: text.slice(0, longestText) };
	} catch {
		// Deleted or moved meanwhile, or on a machine that is away: then there is nothing to show.
		return undefined;
	}
}
