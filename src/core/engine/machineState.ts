/** The state of the machine besides the engine. A value is `undefined` where the system does not report it. */
export interface MachineState {
	readonly isOnBattery: boolean | undefined;
	/** Processes that ran or waited, on average over a minute. */
	readonly load: number | undefined;
	readonly cores: number;
}

/**
 * May the engine do what nobody waits for yet? Not from a battery, and not where others wait for the processor: with more
 * threads at work than cores, each token takes many times as long. The engine's own work is part of the load.
 */
export function mayWorkAhead({ isOnBattery, load = 0, cores }: MachineState): boolean {
	return isOnBattery !== true && load <= cores + 1;
}
