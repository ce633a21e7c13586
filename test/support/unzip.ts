import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

/** Unpacks a ZIP file (a VSIX is one) into a folder; returns the names of its files, sorted. */
export async function unzip(file: string, into: string): Promise<readonly string[]> {
	const archive = await openPromise(file);
	const names: string[] = [];
	for await (const entry of archive.eachEntry()) {
		if (entry.fileName.endsWith('/')) {
			continue;
		}
		const path = join(into, entry.fileName);
		await mkdir(dirname(path), { recursive: true });
		await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(path));
		names.push(entry.fileName);
	}
	return names.sort();
}
