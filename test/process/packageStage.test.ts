import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureBundledModel } from '../../scripts/models/shippedModel';
import { PackageError } from '../../scripts/package/packageError';
import { stageExtension } from '../../scripts/package/stage';
import { bundledModel } from '../../src/core/models/bundledModel';
import { EngineError } from '../../src/core/engine/engineError';
import { startEngineProcess } from '../../src/node/engine/engineProcess';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporaryFolder';

const root = join(import.meta.dirname, '../..');
const arm = 'node_modules/@node-llama-cpp/linux-arm64';

const bundles = ['extension', 'engine', 'syntax', 'webview'];

/** A repository after its build, with files beside it that must never ship. */
async function builtRepository(without: readonly string[] = []): Promise<string> {
	const files: Record<string, string> = {
		'.vscodeignore': await readFile(join(root, '.vscodeignore'), 'utf8'),
		'package.json':
			'{ "name": "sotto", "publisher": "sotto", "version": "1.0.0", "engines": { "vscode": "^1.105.0" } }',
		'README.md': '# Sotto',
		'CHANGELOG.md': '',
		LICENSE: '',
		'media/icon.png': '',
		'media/icon.svg': '',
		'media/walkthrough/keys.svg': '',
		[bundledModel]: '',
		'models/sotto-nano/sotto-nano.gguf': '',
		'models/other/other.gguf': '',
		'dist/meta.json': JSON.stringify(Object.fromEntries(bundles.map(name => [name, { inputs: {} }]))),
		'dist/extension.cjs': '',
		'dist/extension.cjs.map': '',
		'dist/engine.mjs': '',
		'dist/syntax.cjs': '',
		'dist/grammars/tree-sitter.wasm': '',
		'dist/cli.mjs': '',
		'dist/webview/explain.js': '',
		'src/extension/extension.ts': '',
		'test/unit/a.test.ts': '',
		'training/pyproject.toml': '',
		'.env': 'TOKEN=1',
		'.vscode/settings.json': '{}',
		'node_modules/left-pad/index.js': '',
	};
	return temporaryFolder(Object.fromEntries(Object.entries(files).filter(([file]) => !without.includes(file))));
}

function filesOf(folder: string): readonly string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter(entry => entry.isFile())
		.map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
		.sort();
}

describe('staging the extension', function () {
	this.timeout(60_000);
	after(removeTemporaryFolders);

	it('admits what the allow-list names and nothing else; without an engine there is no model either', async () => {
		const into = await temporaryFolder();
		await stageExtension(await builtRepository(), 'universal', into);
		assert.deepEqual(filesOf(into), [
			'.vscodeignore',
			'CHANGELOG.md',
			'LICENSE',
			'README.md',
			'THIRD-PARTY-NOTICES.txt',
			'dist/extension.cjs',
			'dist/webview/explain.js',
			'media/icon.png',
			'media/walkthrough/keys.svg',
			'package.json',
		]);
	});

	it('without an engine: the host finds none and says so', async () => {
		const into = await temporaryFolder();
		await stageExtension(await builtRepository(), 'universal', into);
		assert.throws(
			() => startEngineProcess(join(into, 'dist/engine.mjs'), () => undefined),
			(error: unknown) => EngineError.is(error, 'engine-unavailable'),
		);
	});

	for (const file of ['README.md', 'CHANGELOG.md', 'LICENSE', 'dist/extension.cjs']) {
		it(`is refused without ${file}`, async () => {
			const into = await temporaryFolder();
			await assert.rejects(
				stageExtension(await builtRepository([file]), 'universal', into),
				new PackageError(`Cannot package without ${file}: add what is missing and run this again.`),
			);
		});
	}

	it('for another platform takes that platform’s engine, alone', async function () {
		if (!existsSync(join(root, arm)) || !existsSync(join(root, 'dist/engine.mjs'))) {
			this.skip(); // npm installs the ARM binaries on x64 too, but not on every system
		}
		const into = await temporaryFolder();
		await ensureBundledModel(root);
		await stageExtension(root, 'linux-arm64', into);
		const native = filesOf(into).filter(file => /\.(?:node|so)$/.test(file));
		assert.ok(native.includes(`dist/${arm}/bins/linux-arm64/llama-addon.node`));
		assert.deepEqual(
			native.filter(file => !file.startsWith(`dist/${arm}/`)),
			[],
		);
		assert.ok(filesOf(into).some(file => file.endsWith('.gguf')));
	});
});
