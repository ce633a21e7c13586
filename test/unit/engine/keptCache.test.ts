import assert from 'node:assert/strict';
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KeptCache } from '../../../src/engine/keptCache';
import { fileDigest } from '../../../src/engine/fileDigest';
import type { LaidOut } from '../../../src/engine/promptKeeper';
import { removeTemporaryFolders, temporaryFolder } from '../../support/temporaryFolder';
import { FakeSequence } from './fakeModel';

const laidOut: LaidOut = {
	tokens: [1, 2, 3],
	state: { anchor: { path: 'a.ts', before: 'a', after: 'c' }, windowStart: 'a' },
};

describe('KeptCache', () => {
	let folder: string;
	let lines: string[];
	beforeEach(async () => {
		folder = join(await temporaryFolder(), 'workspace/cache');
		lines = [];
	});
	after(removeTemporaryFolders);

	function keptBy(owner: string): KeptCache {
		return new KeptCache({ folder, owner: () => Promise.resolve(owner), log: line => lines.push(line) });
	}

	async function leave(owner: string): Promise<void> {
		const sequence = new FakeSequence();
		sequence.held = [1, 2, 3, 4];
		await keptBy(owner).leave(sequence, laidOut);
	}

	async function take(owner: string): Promise<[LaidOut | undefined, FakeSequence]> {
		const sequence = new FakeSequence();
		return [await keptBy(owner).take(sequence), sequence];
	}

	const left = (): Promise<string[]> => readdir(folder).catch(() => []);

	it('gives the next engine of the same model what the last one left, once', async () => {
		await leave('nano');
		const [prompt, sequence] = await take('nano');
		assert.deepEqual(prompt, laidOut);
		assert.deepEqual(sequence.held, [1, 2, 3, 4]);
		assert.deepEqual(await left(), []);
		const [again, empty] = await take('nano');
		assert.deepEqual([again, empty.held], [undefined, []]);
		assert.deepEqual(lines, []);
	});

	it('is for this user only, in a folder that was open to others, too', async function () {
		if (process.platform === 'win32') {
			this.skip(); // Who may read a file is not in its mode there.
		}
		await mkdir(folder, { recursive: true, mode: 0o755 });
		await leave('nano');
		for (const path of [folder, join(folder, 'cache.bin'), join(folder, 'prompt.json')]) {
			assert.equal((await stat(path)).mode & 0o077, 0, path);
		}
	});

	it('leaves the last prompt only', async () => {
		await leave('other');
		await leave('nano');
		assert.deepEqual((await take('nano'))[0], laidOut);
	});

	for (const { name, spoil, says } of [
		{
			name: 'was left by another model',
			spoil: () => leave('another'),
			says: /another model left it/,
		},
		{
			name: 'has a damaged cache',
			spoil: () => writeFile(join(folder, 'cache.bin'), '[9]'),
			says: /it is damaged/,
		},
		{
			name: 'has no cache',
			spoil: async () => {
				await copyFile(join(folder, 'prompt.json'), join(folder, 'p'));
				await keptBy('nano').forget();
				await copyFile(join(folder, 'p'), join(folder, 'prompt.json'));
			},
			says: /ENOENT/,
		},
		{
			name: 'was cut off while it was written',
			spoil: async () => {
				const text = await readFile(join(folder, 'prompt.json'), 'utf8');
				await writeFile(join(folder, 'prompt.json'), text.slice(0, -9));
			},
			says: /JSON/,
		},
		{
			name: 'is of another version of Sotto',
			spoil: async () => {
				const text = await readFile(join(folder, 'prompt.json'), 'utf8');
				await writeFile(join(folder, 'prompt.json'), text.replace('"format":1', '"format":2'));
			},
			says: /format/,
		},
	]) {
		it(`loads nothing that ${name}, says so, and deletes it`, async () => {
			await leave('nano');
			await spoil();
			const [prompt, sequence] = await take('nano');
			assert.deepEqual([prompt, sequence.held], [undefined, []]);
			assert.equal(lines.length, 1);
			assert.match(lines.join(), says);
			assert.deepEqual(
				(await left()).filter(file => file !== 'p'),
				[],
			);
		});
	}

	it('empties the sequence where the native side refuses the file', async () => {
		await leave('nano');
		const sequence = new FakeSequence();
		sequence.restore = () => {
			sequence.held = [7];
			return Promise.reject(new Error('too long a context'));
		};
		assert.equal(await keptBy('nano').take(sequence), undefined);
		assert.deepEqual([sequence.held, await left()], [[], []]);
		assert.match(lines.join(), /too long a context/);
	});

	it('does not offer it a second time to native code that dies of it', async () => {
		await leave('nano');
		const sequence = new FakeSequence();
		let seen: string[] = [];
		sequence.restore = async () => {
			seen = await left();
		};
		await keptBy('nano').take(sequence);
		assert.deepEqual(seen, ['cache.bin']);
	});

	it('says what it cannot delete, and lets the model be used', async () => {
		await mkdir(join(folder, 'cache.bin/not-empty'), { recursive: true });
		await keptBy('nano').forget();
		assert.match(lines.join(), /what was kept cannot be deleted: .*cache\.bin/);
	});

	it('has nothing where nothing was left, and forgets that quietly', async () => {
		assert.equal((await take('nano'))[0], undefined);
		await keptBy('nano').forget();
		assert.deepEqual(lines, []);
	});
});

describe('fileDigest', () => {
	after(removeTemporaryFolders);

	it('tells models apart by content, length and evaluator, and knows a copy', async () => {
		const folder = await temporaryFolder();
		await mkdir(join(folder, 'models'));
		const large = Buffer.alloc(3_000_000, 1);
		const files: readonly [string, Buffer][] = [
			['a', large],
			['models/copy', large],
			['tail', Buffer.concat([large.subarray(0, -1), Buffer.from([2])])],
			['head', Buffer.concat([Buffer.from([2]), large.subarray(1)])],
			['longer', Buffer.concat([large, Buffer.from([1])])],
			['small', Buffer.from([1])],
		];
		const digests: string[] = [];
		for (const [name, content] of files) {
			await writeFile(join(folder, name), content);
			digests.push(await fileDigest(join(folder, name), 'b1 cpu'));
		}
		assert.equal(digests[0], digests[1]);
		assert.equal(new Set(digests).size, files.length - 1);
		assert.notEqual(await fileDigest(join(folder, 'a'), 'b2 cpu'), digests[0]);
	});
});
