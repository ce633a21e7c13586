import { build, type Metafile } from 'esbuild';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { groupByPackage, type PackageFiles } from './installedPackage';
import { PackageError } from './packageError';

/**
 * Imports that node-llama-cpp tries and can do without: other platforms' binaries (ours is copied by name), Electron's
 * `utilityProcess` (it falls back to `fork`), and copy-on-write cloning for its model downloader, which Sotto never calls.
 */
export const optionalImports = ['@node-llama-cpp/*', 'electron', '@reflink/reflink'];

/** Files that node-llama-cpp opens by path, so no import leads to them. A folder stands for its grammars. */
const openedByPath = ['llama/binariesGithubRelease.json', 'llama/llama.cpp.info.json', 'llama/grammars'];

const engine = 'node_modules/node-llama-cpp';

/**
 * The files that importing node-llama-cpp can reach, as they lie in `root`. Everything else that npm installs for it
 * (its command line, a C++ tool chain, a 35 MB git bundle of llama.cpp) stays behind.
 */
export async function engineClosure(root: string): Promise<readonly PackageFiles[]> {
	const { inputs } = await probe(root);
	const reached = groupByPackage(Object.keys(inputs));
	if (!reached.some(({ folder }) => folder === engine)) {
		// A node_modules that is a symbolic link resolves to paths elsewhere.
		throw new PackageError(`Nothing of node-llama-cpp was found in ${engine}. Run npm ci here, without links.`);
	}
	return reached.map(({ folder, files }) => ({
		folder,
		files: [...new Set([...files, ...manifests(root, folder, files), ...dataFiles(root, folder)])].sort(),
	}));
}

/** Follows every import from node-llama-cpp's entry as Node would. Rejects when one leads nowhere. */
async function probe(root: string): Promise<Metafile> {
	const result = await build({
		stdin: { contents: "import 'node-llama-cpp';", resolveDir: root, loader: 'js' },
		absWorkingDir: root,
		bundle: true,
		write: false,
		metafile: true,
		platform: 'node',
		format: 'esm',
		target: 'node20',
		// Without this esbuild also takes the `module` entries that only bundlers know, and Node would miss its own.
		conditions: [],
		mainFields: ['main'],
		external: optionalImports,
		logLevel: 'silent',
	});
	return result.metafile;
}

/** The package.json files between a file and its package's root: the inner ones tell Node whether it is a module. */
function manifests(root: string, folder: string, files: readonly string[]): readonly string[] {
	const folders = new Set(['.']);
	for (const file of files) {
		for (let at = dirname(file); at !== '.'; at = dirname(at)) {
			folders.add(at);
		}
	}
	return [...folders]
		.map(at => (at === '.' ? 'package.json' : `${at}/package.json`))
		.filter(file => existsSync(join(root, folder, file)));
}

function dataFiles(root: string, folder: string): readonly string[] {
	if (folder !== engine) {
		return [];
	}
	return openedByPath.flatMap(path =>
		path.endsWith('.json')
			? [path]
			: readdirSync(join(root, folder, path))
					.filter(name => name.endsWith('.gbnf'))
					.map(name => `${path}/${name}`),
	);
}
