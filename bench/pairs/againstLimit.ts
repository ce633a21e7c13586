import { measureDecodeLimit } from '../limit';
import type { EditorPlace } from '../rival/llamaVscode';
import { estimateMedian, type Estimate } from '../statistics';
import type { Side } from './side';

/** Ours against llama.cpp itself. Milliseconds of processor time. */
export interface LimitFigures {
	/** Our answer by as many tokens in `llama-bench` at the same depth: what no layout can save. */
	readonly ratio: Estimate;
	readonly answerMs: readonly number[];
	readonly decodeMsPerToken: readonly number[];
}

export interface LimitPlan {
	/** The program. */
	readonly bench: string;
	readonly model: string;
	readonly places: readonly EditorPlace[];
	readonly tokens: number;
	/** At most; each takes some seconds, minutes for a large model. */
	readonly pairs: number;
	say(line: string): void;
}

/** Key by key, ours and then theirs: how fast the machine is changes by a third from minute to minute. */
export async function measureAgainstLimit(ours: Side, plan: LimitPlan): Promise<LimitFigures> {
	const { bench, model, places, tokens, pairs } = plan;
	const answerMs: number[] = [];
	const decodeMsPerToken: number[] = [];
	const ratios: number[] = [];
	for (const [index, place] of places.slice(0, pairs + 1).entries()) {
		const { processor, prompt } = await ours.press(place, tokens);
		// The first key only warms the cache.
		if (index > 0) {
			const decode = measureDecodeLimit(bench, model, prompt);
			answerMs.push(processor);
			decodeMsPerToken.push(decode);
			ratios.push(processor / (tokens * decode));
			plan.say(`limit: ${Math.round(processor)} ms against ${Math.round(tokens * decode)} ms`);
		}
	}
	return { ratio: estimateMedian(ratios), answerMs, decodeMsPerToken };
}
