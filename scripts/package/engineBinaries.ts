import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readManifest, type PackageFiles } from './installedPackage';
import { PackageError } from './packageError';

/** Files of a package of binaries that never run. */
const leftBehind = /\.(?:md|map|d\.ts)$/;

/**
 * The files of `name`, the package with the binaries for `target`, out of what npm installed in `root`. node-llama-cpp
 * refuses binaries of another version than its own, so a version that differs, or is not there, is a `PackageError`.
 */
export async function engineBinaries(root: string, target: string, name: string): Promise<PackageFiles> {
	const { version } = await readManifest(root, 'node_modules/node-llama-cpp');
	const folder = `node_modules/${name}`;
	if (!existsSync(join(root, folder, 'package.json'))) {
		throw new PackageError(
			`Cannot package for ${target}: ${name} ${version} is missing, so install exactly that version ` +
				`(npm leaves it out when the registry does not have it) and run this again.`,
		);
	}
	const found = await readManifest(root, folder);
	if (found.version !== version) {
		throw new PackageError(
			`Cannot package for ${target}: ${name} is at ${found.version} but node-llama-cpp is at ${version}, ` +
				`and the two never work together, so install ${name} ${version}.`,
		);
	}
	const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
	const files = entries
		.filter(entry => entry.isFile() && !leftBehind.test(entry.name))
		.map(entry => join(entry.parentPath, entry.name).slice(join(root, folder).length + 1))
		.map(file => file.replaceAll('\\', '/'));
	return { folder, files: files.sort() };
}
