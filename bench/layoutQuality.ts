import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Judgement } from '../src/core/evaluation/judge';
import { choosePositions } from '../src/core/evaluation/positions';
import { readRepository } from '../src/node/evaluation/readRepository';
import { bundledModel } from '../test/support/gguf';
import { openRealModel } from '../test/support/realModel';
import { LayoutTrials, type LayoutTrial } from './quality/layoutTrial';
import { randomNumbers } from './traces/typist';

/**
 * What it costs to carry a prompt's layout on while somebody types, and what healing gains, with the model in the box:
 * `npx tsx bench/layoutQuality.ts --repo DIR … [--positions 1200] [--minutes 20]` writes `bench/results/layout-quality.json`.
 * Only positions where the prompts differ are asked at: where they are the same, so are the answers.
 */

/** Tokens typed since the layout was made. */
const typedTokens = [0, 25, 50, 100, 200] as const;
/** Smaller than the product's, so that the window's start matters at more positions. Tokens. */
const contextTokens = 1024;

const { values } = parseArgs({
	options: {
		repo: { type: 'string', multiple: true, default: [] },
		positions: { type: 'string', default: '1200' },
		minutes: { type: 'string', default: '20' },
		seed: { type: 'string', default: '1' },
	},
});

interface Comparison {
	/** Positions of this kind, and those of them where the prompts differ. */
	readonly positions: number;
	readonly different: number;
	readonly better: number;
	readonly worse: number;
	/** Percentage points of exact first lines, over all positions. */
	readonly change: number;
}

function compare(
	positions: number,
	pairs: readonly { readonly before: Judgement; readonly after: Judgement }[],
): Comparison {
	const better = pairs.filter(({ before, after }) => after.isExactLine && !before.isExactLine).length;
	const worse = pairs.filter(({ before, after }) => before.isExactLine && !after.isExactLine).length;
	const change = Number(((100 * (better - worse)) / positions).toFixed(2));
	return { positions, different: pairs.length, better, worse, change };
}

function carriedOver(trials: readonly LayoutTrial[]): Comparison {
	const pairs = trials.flatMap(({ carried }) =>
		carried === undefined ? [] : [{ before: carried.exact, after: carried.carried }],
	);
	return compare(trials.length, pairs);
}

function healing(trials: readonly LayoutTrial[]): Comparison {
	const pairs = trials.flatMap(({ healed }) =>
		healed === undefined ? [] : [{ before: healed.plain, after: healed.healed }],
	);
	return compare(trials.length, pairs);
}

async function main(): Promise<void> {
	const files = (await Promise.all(values.repo.map(folder => readRepository(resolve(folder))))).flat();
	const seed = Number(values.seed);
	const random = randomNumbers(seed);
	const positions = choosePositions(files, { perLanguage: Number(values.positions), seed })
		.map(position => ({ position, order: random() }))
		.toSorted((a, b) => a.order - b.order);
	const model = await openRealModel(bundledModel);
	const sequence = await model.model.openSequence(contextTokens);
	const asking = new LayoutTrials(model, sequence);
	const trials: LayoutTrial[] = [];
	const end = performance.now() + Number(values.minutes) * 60_000;
	for (const [index, { position }] of positions.entries()) {
		if (performance.now() > end) {
			break;
		}
		trials.push(await asking.run(position, typedTokens[index % typedTokens.length] ?? 0));
	}
	const result = {
		command: `npx tsx bench/layoutQuality.ts --repo … --positions ${values.positions} --minutes ${values.minutes}`,
		model: basename(bundledModel),
		contextTokens,
		repositories: [...new Set(files.map(({ repository }) => repository))],
		positions: trials.length,
		unit: 'change in exactly right first lines, in percentage points of all positions',
		/** By the number of tokens typed since the layout was made. */
		carriedOver: Object.fromEntries(
			typedTokens.map(count => [count, carriedOver(trials.filter(trial => trial.typedTokens === count))]),
		),
		healing: healing(trials),
	};
	const folder = join(import.meta.dirname, 'results');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'layout-quality.json'), `${JSON.stringify(result, undefined, '\t')}\n`);
	process.stdout.write(`${JSON.stringify(result, undefined, '\t')}\n`);
	await model.model.dispose();
}

await main();
