import type { EditorPlace } from '../rival/llamaVscode';
import { estimateMedian, median, type Estimate } from '../statistics';
import type { KeyCost, Side } from './side';

/** Both of them at the same key. */
export interface Pair {
	readonly ours: KeyCost;
	readonly rival: KeyCost;
}

export interface PairPlan {
	/** The document after each of some keys that follow each other. The first one only warms both caches. */
	readonly places: readonly EditorPlace[];
	/** Tokens that both write at each key. */
	readonly tokens: number;
	onPair(pair: Pair): void;
}

/** Measures key by key, in the order A B, B A, A B, …: what changes slowly on the machine meets both alike. */
export async function measurePairs(ours: Side, rival: Side, plan: PairPlan): Promise<readonly Pair[]> {
	const pairs: Pair[] = [];
	for (const [index, place] of plan.places.entries()) {
		const pair = await measureOne(ours, rival, { place, tokens: plan.tokens, isReversed: index % 2 === 1 });
		if (index > 0) {
			pairs.push(pair);
			plan.onPair(pair);
		}
	}
	return pairs;
}

async function measureOne(
	ours: Side,
	rival: Side,
	{ place, tokens, isReversed }: { place: EditorPlace; tokens: number; isReversed: boolean },
): Promise<Pair> {
	if (isReversed) {
		const measured = await rival.press(place, tokens);
		return { ours: await ours.press(place, tokens), rival: measured };
	}
	return { ours: await ours.press(place, tokens), rival: await rival.press(place, tokens) };
}

/** How many times as much the rival takes, in each respect: medians of the ratios pair by pair. */
export interface PairSummary {
	readonly processorRatio: Estimate;
	readonly wallRatio: Estimate;
	readonly firstTokenRatio: Estimate;
	readonly ours: Readonly<Record<keyof KeyCost, number>>;
	readonly rival: Readonly<Record<keyof KeyCost, number>>;
}

export function summarisePairs(pairs: readonly Pair[]): PairSummary {
	const ratio = (of: (cost: KeyCost) => number): Estimate =>
		estimateMedian(pairs.map(({ ours, rival }) => of(rival) / of(ours)));
	return {
		processorRatio: ratio(cost => cost.processor),
		wallRatio: ratio(cost => cost.wall),
		firstTokenRatio: ratio(cost => cost.first),
		ours: mediansOf(pairs.map(({ ours }) => ours)),
		rival: mediansOf(pairs.map(({ rival }) => rival)),
	};
}

function mediansOf(costs: readonly KeyCost[]): Readonly<Record<keyof KeyCost, number>> {
	return {
		wall: median(costs.map(({ wall }) => wall)),
		processor: median(costs.map(({ processor }) => processor)),
		first: median(costs.map(({ first }) => first)),
		prompt: median(costs.map(({ prompt }) => prompt)),
		evaluated: median(costs.map(({ evaluated }) => evaluated)),
		generated: median(costs.map(({ generated }) => generated)),
	};
}
