import { Completer } from '../../src/engine/completer';
import { Drafter } from '../../src/engine/drafter';
import type { TokenSequence } from '../../src/engine/engineModel';
import type { RealModel } from '../../test/support/realModel';
import { estimateMedian } from '../statistics';
import { paramsAt, type Place } from './places';

const never = new AbortController().signal;

interface Run {
	readonly text: string;
	readonly tokens: number;
	/** Processor time of writing, while the prompt is in the cache. */
	readonly processorMs: number;
}

/**
 * Processor time of the product's answers with drafts of the texts at hand and without, at the same places, in turns: with all that
 * is not the model's.
 * @param cost of checking the longest draft, in proportion to writing one token.
 */
export async function time(real: RealModel, places: readonly Place[], cost: number): Promise<unknown> {
	const sequence = await real.openSequence();
	const pairs: { readonly drafted: Run; readonly plain: Run }[] = [];
	const drafter = new Drafter(cost);
	for (const [index, place] of places.entries()) {
		const [a, b] = index % 2 === 0 ? [drafter, undefined] : [undefined, drafter];
		const [first, second] = [await run(real, sequence, place, a), await run(real, sequence, place, b)];
		pairs.push(a === undefined ? { drafted: second, plain: first } : { drafted: first, plain: second });
	}
	await sequence.dispose();
	const sum = (of: (pair: (typeof pairs)[number]) => number): number =>
		pairs.reduce((total, pair) => total + of(pair), 0);
	const seconds = (of: (pair: (typeof pairs)[number]) => number): number => Number((sum(of) / 1000).toFixed(2));
	return {
		positions: pairs.length,
		tokens: sum(({ plain }) => plain.tokens),
		sameText: pairs.filter(({ drafted, plain }) => drafted.text === plain.text).length,
		secondsDrafted: seconds(({ drafted }) => drafted.processorMs),
		secondsWithout: seconds(({ plain }) => plain.processorMs),
		ratio: estimateMedian(pairs.map(({ drafted, plain }) => drafted.processorMs / plain.processorMs)),
	};
}

async function run(
	real: RealModel,
	sequence: TokenSequence,
	{ position, texts }: Place,
	drafts: Drafter | undefined,
): Promise<Run> {
	const prior = { texts, trust: real.trust };
	const completer = new Completer({ ...real, sequence, prior, ...(drafts && { drafts }) });
	const params = paramsAt(position);
	await completer.run({ ...params, maxTokens: 0 }, never, () => undefined);
	const before = process.cpuUsage();
	const { text, generatedTokens } = await completer.run(params, never, () => undefined);
	const { user, system } = process.cpuUsage(before);
	return { text, tokens: generatedTokens, processorMs: (user + system) / 1000 };
}
