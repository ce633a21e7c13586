import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UsageError } from '../../../src/node/cli/arguments';
import { readRepository } from '../../../src/node/evaluation/readRepository';
import { removeTemporaryFolders, temporaryFolder } from '../../support/temporaryFolder';

/** Long enough to be taken, and different for each name. */
function code(name: string): string {
	return Array.from({ length: 12 }, (_, line) => `export const ${name}${line} = compute(${line});\n`).join('');
}

async function pathsOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
	return (await readRepository(await temporaryFolder(files))).map(({ path }) => path);
}

describe('reading a repository', () => {
	after(removeTemporaryFolders);

	it('finds source files in any folder, by path, and says whose they are', async () => {
		const root = await temporaryFolder({
			'src/b.ts': code('b'),
			'a.py': code('a'),
			'README.md': code('m'),
			'x.json': code('j'),
		});
		const files = await readRepository(root);
		assert.deepEqual(
			files.map(({ path, languageId, repository }) => [path, languageId, repository]),
			[
				['a.py', 'python', basename(root)],
				['src/b.ts', 'typescript', basename(root)],
			],
		);
		assert.equal(files[1]?.text, code('b'));
	});

	const skipped: readonly [name: string, files: Readonly<Record<string, string>>][] = [
		['what .gitignore names', { '.gitignore': 'made/\n*.gen.ts\n', 'made/a.ts': code('a'), 'b.gen.ts': code('b') }],
		['what an ignore file in a folder names', { 'src/.sottoignore': 'own.ts\n', 'src/own.ts': code('a') }],
		[
			'dependencies and built folders',
			{ 'node_modules/x/a.js': code('a'), 'lib/dist/a.js': code('b'), 'venv/a.py': code('c') },
		],
		['hidden folders', { '.cache/a.ts': code('a') }],
		['secrets', { '.aws/a.py': code('a'), 'secrets.py': code('b').slice(0, 10) }],
		['minified files', { 'a.js': `${'x'.repeat(1000)}\n`, 'b.min.js': code('b') }],
		['declarations', { 'a.d.ts': code('a'), 'b.d.mts': code('b') }],
		['binaries', { 'a.ts': `${code('a')}\0` }],
		['huge files', { 'a.ts': code('a').repeat(2000) }],
		['stubs', { '__init__.py': '' }],
	];
	for (const [name, files] of skipped) {
		it(`leaves out ${name}`, async () => {
			assert.deepEqual(await pathsOf({ ...files, 'kept.ts': code('kept') }), ['kept.ts']);
		});
	}

	it('takes a copy once, whatever its white space', async () => {
		assert.deepEqual(await pathsOf({ 'a.ts': code('a'), 'copy/a2.ts': code('a').replaceAll('\n', '\n\n') }), ['a.ts']);
	});

	it('takes no JavaScript beside TypeScript of the same name', async () => {
		assert.deepEqual(await pathsOf({ 'src/a.ts': code('a'), 'lib/a.js': code('b'), 'lib/b.js': code('c') }), [
			'lib/b.js',
			'src/a.ts',
		]);
	});

	it('does not follow links', async () => {
		const outside = await temporaryFolder({ 'outside.ts': code('o') });
		const root = await temporaryFolder({ 'a.ts': code('a') });
		await symlink(outside, join(root, 'linked'));
		await symlink(join(outside, 'outside.ts'), join(root, 'b.ts'));
		assert.deepEqual(
			(await readRepository(root)).map(({ path }) => path),
			['a.ts'],
		);
	});

	it('says so when there is no such folder, or it is a file', async () => {
		const root = await temporaryFolder({ 'a.ts': code('a') });
		for (const path of [join(root, 'nowhere'), join(root, 'a.ts')]) {
			await assert.rejects(
				readRepository(path),
				(error: unknown) => error instanceof UsageError && error.message.includes('--repo'),
			);
		}
	});

	it('finds nothing in an empty folder', async () => {
		assert.deepEqual(await pathsOf({}), []);
	});

	it('leaves out what the reader wants ignored, in every folder, whatever an ignore file says', async () => {
		const files = { 'a.ts': code('a'), 'own/b.ts': code('b'), 'own/deep/c.ts': code('c'), 'own/.gitignore': '!c.ts\n' };
		const found = await readRepository(await temporaryFolder(files), { ignore: ['c.ts', 'a.*'] });
		assert.deepEqual(
			found.map(({ path }) => path),
			['own/b.ts'],
		);
	});

	it('reads no more files than are wanted, spread over the folder', async () => {
		const files = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map(name => [`${name}.ts`, code(name)]));
		const found = await readRepository(await temporaryFolder(files), { most: 3 });
		assert.deepEqual(
			found.map(({ path }) => path),
			['a.ts', 'c.ts', 'e.ts'],
		);
	});
});
