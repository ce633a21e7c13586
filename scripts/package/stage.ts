import { listFiles, PackageManager } from '@vscode/vsce';
import { constants } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bundledModel } from '../../src/core/models/bundledModel';
import { grammarFile, grammarNames, parserFile } from '../../src/node/syntax/grammars';
import { bundledPackages } from './bundledPackages';
import { engineBinaries } from './engineBinaries';
import { engineClosure } from './engineClosure';
import type { PackageFiles } from './installedPackage';
import { thirdPartyNotices } from './notices';
import { PackageError } from './packageError';
import { targets, type Target } from './targets';

/** Files that a VSIX without an engine leaves out, besides dist/node_modules. The host looks for the engine and reports that. */
const engineOnly = /^(?:models\/|dist\/(?:engine\.mjs|syntax\.cjs)$|dist\/grammars\/)/;

/**
 * Lays out the extension for `target` in the folder `into`, as it will lie when installed: what .vscodeignore admits of
 * `root`, the engine with its packages, and the notices. `root` has been built. Throws a `PackageError` when a part is
 * missing.
 */
export async function stageExtension(root: string, target: Target, into: string): Promise<void> {
	const binaries = targets[target];
	const engine =
		binaries === undefined ? [] : [...(await engineClosure(root)), await engineBinaries(root, target, binaries)];
	const admitted = await listFiles({ cwd: root, packageManager: PackageManager.None });
	const own = binaries === undefined ? admitted.filter(file => !engineOnly.test(file)) : admitted;
	requireParts(own, binaries !== undefined);
	const folders = [...engine.map(({ folder }) => folder), ...(await bundledPackages(root))];
	const notices = await thirdPartyNotices(root, new Set(folders), binaries !== undefined);
	await Promise.all([
		...own.map(file => copy(join(root, file), join(into, file))),
		copy(join(root, '.vscodeignore'), join(into, '.vscodeignore')),
		...engine.map(files => copyPackage(root, files, join(into, 'dist'))),
	]);
	await writeFile(join(into, 'THIRD-PARTY-NOTICES.txt'), notices);
}

function requireParts(files: readonly string[], engine: boolean): void {
	const always = ['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE', 'dist/extension.cjs'];
	const grammars = [parserFile, ...grammarNames.map(grammarFile)].map(file => `dist/grammars/${file}`);
	const needed = engine ? [...always, 'dist/engine.mjs', 'dist/syntax.cjs', ...grammars, bundledModel] : always;
	const missing = needed.filter(file => !files.includes(file));
	if (missing.length > 0) {
		throw new PackageError(`Cannot package without ${missing.join(', ')}: add what is missing and run this again.`);
	}
}

/** Packages keep their place in the tree of node_modules, so that each finds the version that it was installed with. */
async function copyPackage(root: string, { folder, files }: PackageFiles, into: string): Promise<void> {
	await Promise.all(files.map(file => copy(join(root, folder, file), join(into, folder, file))));
}

async function copy(from: string, to: string): Promise<void> {
	await mkdir(dirname(to), { recursive: true });
	await copyFile(from, to, constants.COPYFILE_FICLONE);
}
