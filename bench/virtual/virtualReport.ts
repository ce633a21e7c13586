import { quantile } from '../statistics';
import type { Moment } from '../traces/trace';
import { machines } from './machines';
import { countOurs, countRival, type PatientCounts } from './patientCounts';
import { replayOurs, replayRival, type Replayed, type Vocabulary } from './replayTrace';

/** The results of one replay on a virtual machine. Milliseconds; shares from 0 to 1. */
export interface VirtualFigures {
	/** From the key to ghost text that the model was asked for, VS Code's 50 ms included. */
	readonly latencyMedian: number;
	readonly latencyP95: number;
	readonly answersInTime: number;
	/** Keys at whose end a ghost text was on screen. */
	readonly coverage: number;
	/** The share of answered keys for which the model was not asked. */
	readonly remembered: number;
	/** The share answered without the engine, of the keys that typed as suggested while VS Code asked. */
	readonly continuedFromMemory: number;
	readonly flickers: number;
	readonly prefilledPerKey: number;
	readonly decodedPerKey: number;
	readonly decodedInVainPerKey: number;
	/** Native calls for each character that was typed as the ghost text said. */
	readonly callsPerAgreedCharacter: number;
}

export interface TraceFigures {
	readonly keys: number;
	/** Each key asked for and answered to its end, one after the other. */
	readonly patient: { readonly ours: PatientCounts; readonly rival: PatientCounts };
	/** With the trace's own pauses: class of machine → who → figures. */
	readonly hurried: Readonly<Record<string, Readonly<Record<'ours' | 'lean' | 'stock', VirtualFigures>>>>;
}

/** Everything about one trace that needs no clock but a virtual one: the same on each machine. */
export async function virtualReport(vocabulary: Vocabulary, moments: readonly Moment[]): Promise<TraceFigures> {
	const hurried: Record<string, TraceFigures['hurried'][string]> = {};
	for (const [name, machine] of Object.entries(machines)) {
		hurried[name] = {
			ours: figures(await replayOurs(vocabulary, machine, moments), moments.length),
			lean: figures(await replayRival(vocabulary, machine, { moments, completions: 1 }), moments.length),
			stock: figures(await replayRival(vocabulary, machine, { moments, completions: 3 }), moments.length),
		};
	}
	const patient = { ours: await countOurs(vocabulary, moments), rival: await countRival(vocabulary, moments) };
	return { keys: moments.length, patient, hurried };
}

function figures({ work, ...report }: Replayed, keys: number): VirtualFigures {
	const { latencies, covered, remembered, continued, continuedFromMemory, flickers, agreed } = report;
	return {
		latencyMedian: Math.round(quantile(latencies, 0.5)),
		latencyP95: Math.round(quantile(latencies, 0.95)),
		answersInTime: latencies.length,
		coverage: share(covered, keys),
		remembered: share(remembered, remembered + latencies.length),
		continuedFromMemory: share(continuedFromMemory, continued),
		flickers,
		prefilledPerKey: share(work.prefilled, keys),
		decodedPerKey: share(work.decoded, keys),
		decodedInVainPerKey: share(work.decodedInVain, keys),
		callsPerAgreedCharacter: share(work.calls, agreed),
	};
}

function share(part: number, whole: number): number {
	return Number((part / whole).toFixed(3));
}
