import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pace } from '../../../src/core/engine/pace';
import { calibrate } from '../../../src/engine/calibrate';
import { measurePace } from '../../../src/engine/measurePace';
import { PaceMemory } from '../../../src/engine/paceMemory';
import { knownPaces } from '../../../src/protocol/knownPaces';
import { removeTemporaryFolders, temporaryFolder } from '../../support/temporaryFolder';
import { FakeSequence } from './fakeModel';

const pace: Pace = { prefill: 1.5, decode: 10, verify: 16 };

/** A model whose calls take so long, the last figure for all that follow. */
function rig(...takes: number[]) {
	const sequence = new FakeSequence(4000);
	let clock = 0;
	sequence.onEvaluate = () => {
		clock += (takes.length > 1 ? takes.shift() : takes[0]) ?? 0;
	};
	return { sequence, now: () => clock };
}

describe('a known pace', () => {
	const measuring = [16, 16, 16, 1, 1, 1, 4, 4, 4];
	const cases = [
		{ name: 'holds where a token takes as long', takes: [900, 11], checks: 1, holds: true },
		{ name: 'holds where the first try was disturbed', takes: [900, 70, 40, 14], checks: 3, holds: true },
		{ name: 'is measured anew where the machine is slower', takes: [16], checks: 3, holds: false },
		{ name: 'is measured anew where the machine is faster', takes: [6], checks: 1, holds: false },
	];
	for (const { name, takes, checks, holds } of cases) {
		it(name, async () => {
			const { sequence, now } = rig(...takes);
			assert.equal((await measurePace(sequence, 1, now, pace)) === pace, holds);
			const single = Array.from({ length: 1 + checks }, () => 1);
			assert.deepEqual(sequence.slices, [...single, ...(holds ? [] : measuring)]);
			assert.deepEqual(sequence.held, []);
		});
	}

	it('of no time at all is measured anew', async () => {
		const { sequence, now } = rig(5);
		const result = await measurePace(sequence, 1, now, { prefill: 0, decode: 0, verify: 0 });
		assert.deepEqual(result, { prefill: 5 / 16, decode: 5, verify: 5 });
	});
});

describe('PaceMemory', () => {
	let file: string;
	let lines: string[];
	beforeEach(async () => {
		file = join(await temporaryFolder(), 'deep', 'pace.json');
		lines = [];
	});
	after(removeTemporaryFolders);

	const memoryOf = (owner: string): PaceMemory =>
		new PaceMemory({ file, owner: () => Promise.resolve(owner), log: line => lines.push(line) });

	it('tells what was remembered, of that model and so many threads alone', async () => {
		assert.equal(await memoryOf('a').recall(1), undefined);
		await memoryOf('a').remember(1, pace);
		await memoryOf('b').remember(1, { ...pace, decode: 20 });
		assert.deepEqual(await memoryOf('a').recall(1), pace);
		assert.equal((await memoryOf('b').recall(1))?.decode, 20);
		assert.equal(await memoryOf('a').recall(2), undefined);
		assert.deepEqual(await readdir(join(file, '..')), ['pace.json']);
		assert.deepEqual(lines, []);
	});

	it('forgets the oldest of many', async () => {
		for (let count = 0; count < 40; count++) {
			await memoryOf(`model ${count}`).remember(1, pace);
		}
		const known = knownPaces.parse(JSON.parse(await readFile(file, 'utf8')));
		assert.equal(Object.keys(known.paces).length, 32);
		assert.equal(await memoryOf('model 7').recall(1), undefined);
		assert.deepEqual(await memoryOf('model 8').recall(1), pace);
	});

	for (const damage of ['', '{', '{"format":2,"paces":{}}', '{"format":1,"paces":{"a":{"prefill":"fast"}}}']) {
		it(`does without a file that says ${JSON.stringify(damage)}, and mends it`, async () => {
			await memoryOf('a').remember(1, pace);
			await writeFile(file, damage);
			assert.equal(await memoryOf('a').recall(1), undefined);
			assert.match(lines.join('\n'), /^the known paces cannot be read: /);
			await memoryOf('a').remember(1, pace);
			assert.deepEqual(await memoryOf('a').recall(1), pace);
		});
	}

	it('says so where nothing can be written, and goes on', async () => {
		await writeFile(join(file, '../..', 'deep'), 'a file where the folder should be');
		await memoryOf('a').remember(1, pace);
		assert.match(lines.at(-1) ?? '', /^the known paces cannot be written: /);
	});
});

describe('calibrate with a memory', () => {
	it('asks it for one thread and for all, and tells it what it measured', async () => {
		const sequence = new FakeSequence(4000);
		let [clock, threads] = [0, 4];
		sequence.onEvaluate = () => {
			clock += 32 / threads;
		};
		const model = { device: 'cpu' as const, threads: 4, width: 100, limitThreads: (most: number) => (threads = most) };
		const known = new Map<number, Pace>();
		const paces = {
			recall: (count: number) => Promise.resolve(known.get(count)),
			remember: (count: number, measured: Pace) => Promise.resolve(void known.set(count, measured)),
		};
		const clocks = { work: () => () => clock, wall: () => clock };
		const parts = { model, log: () => undefined, paces };
		const first = await calibrate(sequence, 1, parts, clocks);
		assert.deepEqual(
			[...known],
			[
				[1, { prefill: 2, decode: 32, verify: 32 }],
				[4, { prefill: 0.5, decode: 8, verify: 8 }],
			],
		);
		const evaluated = sequence.slices.length;
		const second = await calibrate(sequence, 1, parts, clocks);
		assert.deepEqual(second.pace, first.pace);
		assert.deepEqual(sequence.slices.slice(evaluated), [1, 1, 1, 1, 1]);
	});
});
