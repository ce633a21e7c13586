/** How long work takes on a class of machines. Milliseconds. */
export interface Machine {
	/** One native call that reads so many tokens of a prompt. */
	prefill(tokens: number): number;
	/** One step of so many completions at once. */
	decode(completions: number): number;
	/** There and back between the editor's process and the model's. */
	readonly roundTrip: number;
}

/** Milliseconds a token by how many are read at once, up to where more does not help; between them, linearly. */
type SliceCosts = readonly (readonly [number, number])[];

/**
 * One core: measured with the 0.5B shape, Q4_0, on a core of an EPYC (Zen 4). The other two: Qwen2.5-Coder 1.5B, Q8_0, from
 * published figures of llama.cpp on such machines. Both engines are replayed with the same costs.
 */
export const machines = {
	'one core, 0.5B': machine({
		slices: [
			[1, 17],
			[8, 10],
			[16, 8.2],
			[32, 8],
			[64, 6.1],
		],
		decode: 30,
		more: 0.72,
	}),
	'M2 Pro, 1.5B': machine({ slices: [[32, 0.7]], decode: 11, more: 0.15 }),
	'RTX 4070, 1.5B': machine({ slices: [[128, 0.15]], decode: 4.5, more: 0.05 }),
} as const satisfies Record<string, Machine>;
export type MachineName = keyof typeof machines;

/** @param costs `more`: what each further completion adds to a step, as a share of the first. */
function machine(costs: { slices: SliceCosts; decode: number; more: number }): Machine {
	return {
		prefill: tokens => (tokens === 0 ? 0 : Math.max(costs.decode * 0.5, tokens * perToken(costs.slices, tokens))),
		decode: completions => costs.decode * (1 + costs.more * (completions - 1)),
		roundTrip: 0.5,
	};
}

function perToken(slices: SliceCosts, tokens: number): number {
	let [before = [1, 0]] = slices;
	for (const point of slices) {
		if (tokens < point[0]) {
			const share = point[0] === before[0] ? 1 : (tokens - before[0]) / (point[0] - before[0]);
			return before[1] + (point[1] - before[1]) * Math.max(0, share);
		}
		before = point;
	}
	return before[1];
}
