import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { engineBinaries } from '../../scripts/package/engineBinaries';
import { PackageError } from '../../scripts/package/packageError';
import { parseTarget, targets } from '../../scripts/package/targets';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporaryFolder';

const root = join(import.meta.dirname, '../..');

function manifest(name: string, version: string): string {
	return JSON.stringify({ name, version, license: 'MIT' });
}

describe('package targets', () => {
	after(removeTemporaryFolders);

	it('are known by the names that VS Code uses', () => {
		assert.equal(parseTarget('linux-arm64'), 'linux-arm64');
	});

	for (const name of ['linux', 'alpine-x64', '', 'toString']) {
		it(`"${name}" is refused with the list of what there is`, () => {
			assert.throws(
				() => parseTarget(name),
				(error: unknown) => error instanceof PackageError && /linux-x64, .*universal\.$/.test(error.message),
			);
		});
	}

	it('each name a package of binaries that this node-llama-cpp depends on', () => {
		const text = readFileSync(join(root, 'node_modules/node-llama-cpp/package.json'), 'utf8');
		const { optionalDependencies } = z
			.object({ optionalDependencies: z.record(z.string(), z.string()) })
			.parse(JSON.parse(text));
		const unknown = Object.values(targets).filter(name => name !== undefined && !(name in optionalDependencies));
		assert.deepEqual(unknown, []);
	});
});

describe('package binaries', () => {
	after(removeTemporaryFolders);

	const binaries = '@node-llama-cpp/mac-arm64-metal';

	it('that are missing are named with the version that is needed, in one sentence', async () => {
		const installed = await temporaryFolder({
			'node_modules/node-llama-cpp/package.json': manifest('node-llama-cpp', '3.22.1'),
		});
		await assert.rejects(
			engineBinaries(installed, 'darwin-arm64', binaries),
			new PackageError(
				'Cannot package for darwin-arm64: @node-llama-cpp/mac-arm64-metal 3.22.1 is missing, so install exactly that ' +
					'version (npm leaves it out when the registry does not have it) and run this again.',
			),
		);
	});

	it('of another version than the engine are refused, not mixed in', async () => {
		const installed = await temporaryFolder({
			'node_modules/node-llama-cpp/package.json': manifest('node-llama-cpp', '3.22.1'),
			[`node_modules/${binaries}/package.json`]: manifest(binaries, '3.21.1'),
		});
		await assert.rejects(
			engineBinaries(installed, 'darwin-arm64', binaries),
			(error: unknown) =>
				error instanceof PackageError && error.message.includes('is at 3.21.1 but node-llama-cpp is at 3.22.1'),
		);
	});

	it('bring what runs and leave documents and types behind', async () => {
		const installed = await temporaryFolder({
			'node_modules/node-llama-cpp/package.json': manifest('node-llama-cpp', '3.22.1'),
			[`node_modules/${binaries}/package.json`]: manifest(binaries, '3.22.1'),
			[`node_modules/${binaries}/README.md`]: '',
			[`node_modules/${binaries}/dist/index.js`]: '',
			[`node_modules/${binaries}/dist/index.d.ts`]: '',
			[`node_modules/${binaries}/bins/mac/llama-addon.node`]: '',
		});
		assert.deepEqual(await engineBinaries(installed, 'darwin-arm64', binaries), {
			folder: `node_modules/${binaries}`,
			files: ['bins/mac/llama-addon.node', 'dist/index.js', 'package.json'],
		});
	});
});
