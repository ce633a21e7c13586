import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../../src/node/cli/arguments';
import { readTextFile, snapshotAt } from '../../../src/node/cli/textFile';

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
		const { prefix, suffix } = snapshotAt(file, 2, 3);
		assert.deepEqual([prefix, suffix], ['a = 1\nb ', '= 2\n']);
	});

	it('may be empty, and the cursor at its very end', async () => {
		const file = await readTextFile(await write('empty.ts', ''), folder);
		const { prefix, suffix } = snapshotAt(file, 1, 1);
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
			assert.throws(() => snapshotAt(file, line, column), says);
		});
	}

	it('is refused when it is binary, a folder or not there', async () => {
		const binary = await write('d.bin', new Uint8Array([1, 0, 2]));
		for (const path of [binary, folder, join(folder, 'nowhere.ts')]) {
			await assert.rejects(readTextFile(path, folder), (error: unknown) => error instanceof UsageError);
		}
	});
});
