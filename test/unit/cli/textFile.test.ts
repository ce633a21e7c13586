import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../../src/node/cli/arguments';
import { siblingFiles } from '../../../src/node/cli/siblingFiles';
import { placeIn, readTextFile } from '../../../src/node/cli/textFile';
import { readRepository } from '../../../src/node/evaluation/readRepository';

describe('a file named on the command line', () => {
	let folder: string;
	before(async () => {
		folder = await mkdtemp(join(tmpdir(), 'sotto-cli-'));
	});
	after(async () => {
		await rm(folder, { recursive: true });
	});

	async function write(name: string, content: string | Uint8Array): Promise<string> {
		const path = join(folder, name);
		await writeFile(path, content);
		return path;
	}

	it('is read with LF line ends, without a byte order mark, and named from the root', async () => {
		const file = await readTextFile(await write('a.py', '\uFEFFa = 1\r\nb = 2\r\n'), folder);
		const { path, languageId, lines } = file;
		assert.deepEqual(
			{ path, languageId, lines },
			{ path: 'a.py', languageId: 'python', lines: ['a = 1', 'b = 2', ''] },
		);
		const { prefix, suffix } = placeIn(file, 2, 3).document;
		assert.deepEqual([prefix, suffix], ['a = 1\nb ', '= 2\n']);
	});

	it('may be empty, and the cursor at its very end', async () => {
		const file = await readTextFile(await write('empty.ts', ''), folder);
		const { prefix, suffix } = placeIn(file, 1, 1).document;
		assert.deepEqual([prefix, suffix], ['', '']);
	});

	it('is named bare when it stands outside the root', async () => {
		const file = await readTextFile(await write('b.ts', 'x'), join(folder, 'elsewhere'));
		assert.equal(file.path, 'b.ts');
	});

	for (const [name, line, column, says] of [
		['a line too far', 3, 1, /has 2 lines; there is no line 3/],
		['a column too far', 1, 4, /ends at column 3; there is no column 4/],
	] as const) {
		it(`refuses ${name}`, async () => {
			const file = await readTextFile(await write('c.ts', 'ab\nc'), folder);
			assert.throws(() => placeIn(file, line, column), says);
		});
	}

	it('is refused when it is binary, a folder or not there', async () => {
		const binary = await write('d.bin', new Uint8Array([1, 0, 2]));
		for (const path of [binary, folder, join(folder, 'nowhere.ts')]) {
			await assert.rejects(readTextFile(path, folder), (error: unknown) => error instanceof UsageError);
		}
	});

	for (const [ends, name] of [
		['\r', 'CR'],
		['\n', 'LF'],
		['\r\n', 'CR LF'],
	] as const) {
		it(`has lines whatever ends them: ${name}`, async () => {
			const { lines } = await readTextFile(await write('ends.py', `a = 1${ends}b = 2${ends}`), folder);
			assert.deepEqual(lines, ['a = 1', 'b = 2', '']);
		});
	}

	for (const [encoding, mark] of [
		['utf-16le', '\uFEFF'],
		['utf-8', '\uFEFF'],
	] as const) {
		it(`is read as ${encoding} where its byte order mark says so`, async () => {
			const bytes = Buffer.from(`${mark}größe = 1\n`, encoding === 'utf-8' ? 'utf8' : 'utf16le');
			const { lines } = await readTextFile(await write('marked.py', bytes), folder);
			assert.deepEqual(lines, ['größe = 1', '']);
		});
	}

	it('is read as utf-16be where its byte order mark says so', async () => {
		const bytes = Buffer.from('\uFEFFa = 1\n', 'utf16le').swap16();
		assert.deepEqual((await readTextFile(await write('marked.py', bytes), folder)).lines, ['a = 1', '']);
	});

	describe('that may hold secrets', () => {
		const refused = { name: 'UsageError', message: / may hold secrets, so no model sees it\. Name another file\.$/ };
		let secret: string;
		before(async () => {
			secret = await write('.env', 'KEY=1\n');
			await write('secrets.json', '{"key": 1}\n');
			await mkdir(join(folder, '.aws'));
			await write('.aws/config.py', 'key = 1\n');
		});

		async function link(name: string, target: string): Promise<string> {
			const path = join(folder, name);
			await symlink(target, path);
			return path;
		}

		it('is refused by its name', () => assert.rejects(readTextFile(secret, folder), refused));

		for (const [name, target] of [
			['plain.txt', '.env'],
			['conf.py', 'secrets.json'],
			['chain.txt', 'plain.txt'],
			['cloud.py', '.aws/config.py'],
		] as const) {
			it(`is refused when a link leads to it: ${name}, to ${target}`, async () => {
				await assert.rejects(readTextFile(await link(name, target), folder), refused);
			});
		}

		it('is refused when a folder on the way is a link', async () => {
			await link('cloud', '.aws');
			await assert.rejects(readTextFile(join(folder, 'cloud/config.py'), folder), refused);
		});

		it('is no sibling that a model sees', async () => {
			await write('main.py', 'import conf\n');
			await write('other.py', 'import conf\n');
			const { document } = placeIn(await readTextFile(join(folder, 'main.py'), folder), 1, 1);
			const siblings = (await siblingFiles(document, folder)).map(({ path }) => path);
			assert.ok(siblings.includes('other.py'));
			assert.deepEqual(
				siblings.filter(path => path === 'conf.py' || path === 'cloud.py'),
				[],
			);
		});

		it('is nothing to evaluate on', async () => {
			const paths = (await readRepository(folder)).map(({ path }) => path);
			assert.deepEqual(
				paths.filter(path => /conf|cloud|secret/.test(path)),
				[],
			);
		});

		it('does not forbid a link to an ordinary file', async () => {
			await link('linked.py', 'main.py');
			assert.equal((await readTextFile(join(folder, 'linked.py'), folder)).path, 'linked.py');
		});

		it('is not told of where a link leads in a circle', async () => {
			await link('round.py', 'about.py');
			const loop = await link('about.py', 'round.py');
			await assert.rejects(readTextFile(loop, folder), {
				name: 'UsageError',
				message: /^Cannot read .*Check the path/,
			});
		});
	});
});
