/** Time as the drivers see it: the machine's, or that of a simulation. Milliseconds from any origin. */
export interface Clock {
	now(): number;
	sleep(milliseconds: number): Promise<void>;
}

export const wallClock: Clock = {
	now: () => performance.now(),
	sleep: milliseconds =>
		new Promise(resolve => {
			setTimeout(resolve, milliseconds);
		}),
};
