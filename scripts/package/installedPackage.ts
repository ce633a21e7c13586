import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';

const person = z.union([z.string(), z.object({ name: z.string() })]);

/** The part of a dependency's package.json that packaging reads. */
const manifest = z.object({
	name: z.string(),
	version: z.string(),
	license: z.optional(z.string()),
	author: z.optional(person),
});
export type Manifest = z.infer<typeof manifest>;

/** The files of one installed package that are needed, out of all that it has. */
export interface PackageFiles {
	/** Relative to the repository, with forward slashes: `node_modules/ora/node_modules/chalk`. */
	readonly folder: string;
	/** Relative to `folder`, sorted. */
	readonly files: readonly string[];
}

export async function readManifest(root: string, folder: string): Promise<Manifest> {
	return manifest.parse(JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')));
}

/** Sorts paths such as `node_modules/ora/index.js` by the innermost package that they belong to; other paths are left out. */
export function groupByPackage(paths: Iterable<string>): readonly PackageFiles[] {
	const groups = new Map<string, string[]>();
	for (const path of paths) {
		const [, folder, file] = /^((?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)\/(.+)$/.exec(path) ?? [];
		if (folder !== undefined && file !== undefined) {
			groups.set(folder, [...(groups.get(folder) ?? []), file]);
		}
	}
	return [...groups]
		.map(([folder, files]) => ({ folder, files: files.sort() }))
		.sort((left, right) => (left.folder < right.folder ? -1 : 1));
}
