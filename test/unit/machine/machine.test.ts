import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mayWorkAhead } from '../../../src/core/engine/machineState';
import { Machine, readMachine } from '../../../src/node/machine/readMachine';
import { removeTemporaryFolders, temporaryFolder } from '../../support/temporaryFolder';

const idle = { isOnBattery: false, load: 0.5, cores: 2 };

describe('mayWorkAhead', () => {
	const cases = [
		{ name: 'on an idle machine', state: idle, may: true },
		{ name: 'where the system tells nothing', state: { ...idle, isOnBattery: undefined, load: undefined }, may: true },
		{ name: 'beside one other process on each core', state: { ...idle, load: 3 }, may: true },
		{ name: 'not where others wait for the processor', state: { ...idle, load: 3.5 }, may: false },
		{ name: 'not from a battery', state: { ...idle, isOnBattery: true }, may: false },
	];
	for (const { name, state, may } of cases) {
		it(name, () => {
			assert.equal(mayWorkAhead(state), may);
		});
	}
});

describe('the machine', () => {
	after(removeTemporaryFolders);

	type Supplies = Readonly<Record<string, Readonly<Record<string, string>>>>;

	async function folderOf(supplies: Supplies): Promise<string> {
		const folder = await temporaryFolder();
		for (const [name, files] of Object.entries(supplies)) {
			mkdirSync(join(folder, name));
			for (const [file, text] of Object.entries(files)) {
				writeFileSync(join(folder, name, file), `${text}\n`);
			}
		}
		return folder;
	}

	const mains = (online: string) => ({ type: 'Mains', online });
	const battery = (status: string, more = {}) => ({ type: 'Battery', status, ...more });
	const cases: readonly { name: string; supplies: Supplies; is: boolean | undefined }[] = [
		{ name: 'a laptop on the mains', supplies: { AC: mains('1'), BAT0: battery('Charging') }, is: false },
		{ name: 'a laptop on its battery', supplies: { AC: mains('0'), BAT0: battery('Discharging') }, is: true },
		{ name: 'a full battery that is kept so', supplies: { AC: mains('1'), BAT0: battery('Not charging') }, is: false },
		{
			name: 'a computer with a wireless mouse',
			supplies: { mouse: battery('Discharging', { scope: 'Device' }) },
			is: undefined,
		},
		{ name: 'a server', supplies: {}, is: undefined },
	];
	for (const { name, supplies, is } of cases) {
		it(`reads the supplies of ${name}`, async () => {
			assert.equal((await readMachine(await folderOf(supplies))).isOnBattery, is);
		});
	}

	it('knows nothing of batteries where there is no such folder', async () => {
		const { isOnBattery, cores } = await readMachine('/no/such/folder');
		assert.deepEqual([isOnBattery, cores >= 1], [undefined, true]);
	});

	it('reads again only when what it read is old, and only when it is asked', async () => {
		let now = 0;
		let reads = 0;
		const machine = new Machine(
			() => Promise.resolve({ ...idle, load: ++reads }),
			() => now,
		);
		const seen: (number | undefined)[] = [];
		for (const at of [0, 1, 60_000, 60_001]) {
			now = at;
			seen.push(machine.state.load);
			await new Promise(setImmediate);
		}
		assert.deepEqual(seen, [undefined, 1, 1, 2]);
		assert.equal(reads, 2);
	});
});
