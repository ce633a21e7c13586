import { readdir } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { longestOpenText, type OpenFile } from '../../core/context/openFile';
import { isSecretPath } from '../../core/context/secretPaths';
import type { DocumentSnapshot } from '../../core/text/documentSnapshot';
import { readTextFile } from './textFile';

/** Files taken for open ones, as many as the editor would hand over. */
const maxFiles = 20;

/** A terminal has no open files: those of the same kind in the same folder stand in for them, by name. */
export async function siblingFiles(document: DocumentSnapshot, root: string): Promise<readonly OpenFile[]> {
	const folder = dirname(document.uri);
	const names = (await readdir(folder))
		.filter(name => extname(name) === extname(document.uri) && !isSecretPath(name))
		.map(name => join(folder, name))
		.filter(path => path !== document.uri)
		.sort()
		.slice(0, maxFiles);
	const files = await Promise.all(names.map(path => openFile(path, root)));
	return files.filter(file => file !== undefined);
}

/** `undefined` for what is not text or may not be read: the user named another file, and this one only stands beside it. */
async function openFile(absolutePath: string, root: string): Promise<OpenFile | undefined> {
	const file = await readTextFile(absolutePath, root).catch(() => undefined);
	return (
		file && {
			uri: absolutePath,
			path: file.path,
			languageId: file.languageId,
			version: 1,
			text: file.lines.join('\n').slice(0, longestOpenText),
		}
	);
}
