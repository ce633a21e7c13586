import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const folders: string[] = [];

/** A new folder outside the repository, gone after the suite. `files`: relative path → text. */
export async function temporaryFolder(files: Readonly<Record<string, string>> = {}): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'sotto-test-'));
	folders.push(folder);
	for (const [path, text] of Object.entries(files)) {
		await mkdir(dirname(join(folder, path)), { recursive: true });
		await writeFile(join(folder, path), text);
	}
	return folder;
}

export async function removeTemporaryFolders(): Promise<void> {
	await Promise.all(folders.splice(0).map(folder => rm(folder, { recursive: true, force: true })));
}
