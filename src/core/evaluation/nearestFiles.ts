import { importedPaths, isImported } from '../context/imports';
import { languageFamily } from '../context/languageFamily';
import type { SourceFile } from './sourceFile';

/**
 * The files of the same repository that somebody who edits `file` most likely has open: first those it imports, then
 * those whose folders are nearest, its own language first. At most `count`, best first; never the file itself.
 */
export function nearestFiles(file: SourceFile, files: readonly SourceFile[], count: number): readonly SourceFile[] {
	const imports = importedPaths(file.text);
	const family = languageFamily(file.languageId);
	return files
		.filter(other => other.repository === file.repository && other.uri !== file.uri)
		.map(other => ({
			other,
			isForeign: languageFamily(other.languageId) === family ? 0 : 1,
			isUnrelated: isImported(other.path, imports) ? 0 : 1,
			distance: distance(file.path, other.path),
		}))
		.toSorted(
			(a, b) =>
				a.isForeign - b.isForeign ||
				a.isUnrelated - b.isUnrelated ||
				a.distance - b.distance ||
				(a.other.path < b.other.path ? -1 : 1),
		)
		.slice(0, count)
		.map(({ other }) => other);
}

/** Folders to go up and down from one file to the other. */
function distance(from: string, to: string): number {
	const [a, b] = [from.split('/').slice(0, -1), to.split('/').slice(0, -1)];
	const different = a.findIndex((part, index) => part !== b[index]);
	const common = different === -1 ? a.length : different;
	return a.length + b.length - 2 * common;
}
