import { VirtualClock } from '../clock/virtualClock';
import { placeKey } from '../rival/llamaVscode';
import type { Moment } from '../traces/trace';
import type { Machine } from './machines';
import { isAppended, Oracle } from './oracle';
import type { Vocabulary } from './replayTrace';
import { VirtualEngine } from './virtualEngine';
import { VirtualServer } from './virtualServer';

/** Tokens of the prompt that each key costs when each is asked for and answered to the end. */
export interface PatientCounts {
	readonly perAppendedKey: number;
	readonly perKey: number;
	readonly mostAtAnAppendedKey: number;
	/** Share of all prompts' tokens that were in the cache. */
	readonly reuse: number;
}

/** Work counts do not depend on how long it takes. */
const instant: Machine = { prefill: () => 0, decode: () => 0, roundTrip: 0 };
const never = new AbortController().signal;
const tokens = 32;

export async function countOurs(vocabulary: Vocabulary, moments: readonly Moment[]): Promise<PatientCounts> {
	const clock = new VirtualClock();
	const oracle = new Oracle(moments);
	let current = 0;
	const engine = new VirtualEngine({ ...vocabulary, continuation: () => oracle.continuation(current) }, instant, clock);
	return count(moments, engine.counts, async ({ path, prefix, suffix }, index) => {
		current = index;
		const limits = { pieces: [], extent: 'line' as const, maxTokens: tokens, probabilityFloor: 0 };
		const query = { path, languageId: '', prefix, suffix, ...limits };
		const answer = engine.complete(query, never, () => undefined);
		await Promise.all([answer, clock.run()]);
	});
}

export async function countRival(vocabulary: Vocabulary, moments: readonly Moment[]): Promise<PatientCounts> {
	const clock = new VirtualClock();
	const oracle = new Oracle(moments);
	let current = 0;
	const server = new VirtualServer({ ...vocabulary, continuation: () => oracle.continuation(current) }, instant, clock);
	return count(moments, server.counts, async (moment, index) => {
		current = index;
		const { prefix, suffix, prompt } = placeKey(moment).key;
		const place = { input_prefix: prefix, input_suffix: suffix, prompt, input_extra: [] };
		const answer = server.infill({ ...place, n_predict: tokens, t_max_predict_ms: Infinity, n_cmpl: 1 });
		await Promise.all([answer, clock.run()]);
	});
}

async function count(
	moments: readonly Moment[],
	work: { readonly prefilled: number; readonly promptTokens: number },
	press: (moment: Moment, index: number) => Promise<void>,
): Promise<PatientCounts> {
	const appended: number[] = [];
	for (const [index, moment] of moments.entries()) {
		const before = work.prefilled;
		await press(moment, index);
		if (isAppended(moment.event)) {
			appended.push(work.prefilled - before);
		}
	}
	return {
		perAppendedKey: appended.reduce((sum, key) => sum + key, 0) / appended.length,
		perKey: work.prefilled / moments.length,
		mostAtAnAppendedKey: Math.max(...appended),
		reuse: 1 - work.prefilled / work.promptTokens,
	};
}
