import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { engineClosure } from '../../scripts/package/engineClosure';
import { groupByPackage, type PackageFiles } from '../../scripts/package/installedPackage';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporaryFolder';

const root = join(import.meta.dirname, '../..');

/** A node-llama-cpp made of the given files, with the data files that the real one opens by path. */
function installedWith(files: Readonly<Record<string, string>>): Promise<string> {
	const engine = 'node_modules/node-llama-cpp';
	return temporaryFolder({
		[`${engine}/package.json`]: '{ "name": "node-llama-cpp", "type": "module", "exports": "./dist/index.js" }',
		[`${engine}/llama/binariesGithubRelease.json`]: '{}',
		[`${engine}/llama/llama.cpp.info.json`]: '{}',
		[`${engine}/llama/grammars/json.gbnf`]: '',
		[`${engine}/llama/grammars/README.md`]: '',
		[`${engine}/llama/gitRelease.bundle`]: '',
		...files,
	});
}

describe('engine closure', () => {
	let closure: readonly PackageFiles[] = [];
	before(async () => {
		closure = await engineClosure(root);
	});
	after(removeTemporaryFolders);

	it('has the engine with its entry, its data and the file that it forks to try its binaries', () => {
		const files = closure.find(({ folder }) => folder === 'node_modules/node-llama-cpp')?.files ?? [];
		const needed = [
			'package.json',
			'dist/index.js',
			'dist/bindings/utils/testBindingBinary.js',
			'llama/binariesGithubRelease.json',
			'llama/llama.cpp.info.json',
			'llama/grammars/json.gbnf',
		];
		assert.deepEqual(
			needed.filter(file => !files.includes(file)),
			[],
		);
	});

	it('leaves the tool chain, the command line and the git bundle behind', () => {
		const unwanted =
			/node_modules\/(?:cmake-js|tar|yargs|node-addon-api|commander|lowdb|typescript)$|@reflink|@node-llama-cpp/;
		assert.deepEqual(
			closure.map(({ folder }) => folder).filter(folder => unwanted.test(folder)),
			[],
		);
		const dead = /\.(?:ts|map|bundle|cmake|cpp|h|node)$|^(?:dist\/cli\/cli\.js|templates\/|bins\/)/;
		const engine = closure.flatMap(({ folder, files }) => (folder.endsWith('/node-llama-cpp') ? files : []));
		assert.deepEqual(
			engine.filter(file => dead.test(file)),
			[],
		);
	});

	it('names only files that exist, and a package.json for every package', () => {
		const paths = closure.flatMap(({ folder, files }) => files.map(file => join(root, folder, file)));
		assert.deepEqual(
			paths.filter(path => !existsSync(path)),
			[],
		);
		assert.deepEqual(
			closure.filter(({ files }) => !files.includes('package.json')),
			[],
		);
	});

	it('follows imports and requires into nested packages, and keeps the inner package.json of each', async () => {
		const installed = await installedWith({
			'node_modules/node-llama-cpp/dist/index.js': "import 'a'; import('electron'); import('@node-llama-cpp/mac-x64');",
			'node_modules/node-llama-cpp/dist/unused.js': '',
			'node_modules/a/package.json': '{ "name": "a", "main": "esm/a.js" }',
			'node_modules/a/esm/a.js': "import 'b';",
			'node_modules/a/esm/package.json': '{ "type": "module" }',
			'node_modules/a/node_modules/b/package.json': '{ "name": "b" }',
			'node_modules/a/node_modules/b/index.js': "require('./data.json');",
			'node_modules/a/node_modules/b/data.json': '{}',
			'node_modules/b/package.json': '{ "name": "b" }',
			'node_modules/b/index.js': '',
		});
		assert.deepEqual(await engineClosure(installed), [
			{ folder: 'node_modules/a', files: ['esm/a.js', 'esm/package.json', 'package.json'] },
			{ folder: 'node_modules/a/node_modules/b', files: ['data.json', 'index.js', 'package.json'] },
			{
				folder: 'node_modules/node-llama-cpp',
				files: [
					'dist/index.js',
					'llama/binariesGithubRelease.json',
					'llama/grammars/json.gbnf',
					'llama/llama.cpp.info.json',
					'package.json',
				],
			},
		]);
	});

	it('is refused when an import leads nowhere', async () => {
		const installed = await installedWith({ 'node_modules/node-llama-cpp/dist/index.js': "import 'gone';" });
		await assert.rejects(engineClosure(installed), /Could not resolve "gone"/);
	});

	it('takes the entry that Node takes, not the one for bundlers', async () => {
		const installed = await installedWith({
			'node_modules/node-llama-cpp/dist/index.js': "import 'a';",
			'node_modules/a/package.json':
				'{ "name": "a", "exports": { "module": "./bundler.js", "default": "./node.js" }, "module": "./bundler.js" }',
			'node_modules/a/bundler.js': '',
			'node_modules/a/node.js': '',
		});
		const [first] = await engineClosure(installed);
		assert.deepEqual(first, { folder: 'node_modules/a', files: ['node.js', 'package.json'] });
	});
});

describe('grouping by package', () => {
	it('puts a file with the innermost package, scoped or not, and drops files of no package', () => {
		const paths = [
			'src/main.ts',
			'node_modules/b/x.js',
			'node_modules/@a/c/d/e.js',
			'node_modules/b/node_modules/f/g.js',
		];
		assert.deepEqual(groupByPackage(paths), [
			{ folder: 'node_modules/@a/c', files: ['d/e.js'] },
			{ folder: 'node_modules/b', files: ['x.js'] },
			{ folder: 'node_modules/b/node_modules/f', files: ['g.js'] },
		]);
	});
});
