import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import type { MachineState } from '../../core/engine/machineState';

/** Where Linux tells of batteries and mains. Other systems have no such place that Node could read. */
const supplies = '/sys/class/power_supply';

/** Milliseconds after which what was read is read again. */
const freshFor = 20_000;

/** The machine's state, read at most three times a minute, and only when somebody asks. */
export class Machine {
	#state: MachineState = { isOnBattery: undefined, load: undefined, cores: availableParallelism() };
	#readAt = -Infinity;

	constructor(
		private readonly read: () => Promise<MachineState> = readMachine,
		private readonly now: () => number = () => performance.now(),
	) {}

	/** As last read; reads anew in the background when that is long ago. */
	get state(): MachineState {
		if (this.now() - this.#readAt > freshFor) {
			this.#readAt = this.now();
			void this.#refresh();
		}
		return this.#state;
	}

	async #refresh(): Promise<void> {
		this.#state = await this.read();
	}
}

/** Never rejects: what the system does not tell is `undefined`. */
export async function readMachine(folder = supplies): Promise<MachineState> {
	const [load = 0] = loadavg();
	return {
		isOnBattery: await isOnBattery(folder),
		load: process.platform === 'win32' ? undefined : load,
		cores: availableParallelism(),
	};
}

/** A battery that is being emptied, and no mains. */
async function isOnBattery(folder: string): Promise<boolean | undefined> {
	try {
		const names = await readdir(folder);
		const states = await Promise.all(names.map(name => readSupply(join(folder, name))));
		return states.includes('mains') ? false : states.includes('discharging') ? true : undefined;
	} catch {
		return undefined; // no Linux, or none that tells
	}
}

async function readSupply(folder: string): Promise<'mains' | 'discharging' | undefined> {
	const read = async (name: string): Promise<string> => {
		const text = await readFile(join(folder, name), 'utf8').catch(() => '');
		return text.trim().toLowerCase();
	};
	if ((await read('type')) === 'battery') {
		// The battery of a mouse is one, too.
		return (await read('scope')) !== 'device' && (await read('status')) === 'discharging' ? 'discharging' : undefined;
	}
	return (await read('online')) === '1' ? 'mains' : undefined;
}
