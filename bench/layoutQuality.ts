import { writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { choosePositions } from '../src/core/evaluation/positions';
import type { SourceFile } from '../src/core/evaluation/sourceFile';
import { readRepository } from '../src/node/evaluation/readRepository';
import { nanoModel } from '../test/support/gguf';
import { openRealModel } from '../test/support/realModel';
import { LayoutTrials, type LayoutTrial, type Pair } from './quality/layoutTrial';
import { textsBeside } from './quality/textsBeside';
import { pairedChange } from './statistics';

/**
 * Measures the cost of keeping a prompt's layout while somebody types, and the gain of healing, with the bundled model and the
 * texts of the nearest files: `npx tsx bench/layoutQuality.ts --repo DIR … [--positions 440]`, so many for each language, writes
 * `bench/results/layout-quality.json`; `--model GGUF` asks another one, for the orders that the model in the box does not know, and writes
 * beside it by the order's name. Only positions where the prompts differ are asked at: where they are the same, so are
 * the answers. The same positions and answers each time.
 */

/** Tokens typed since the layout was made. */
const typedTokens = [0, 25, 50, 100, 200] as const;
/** Smaller than the product's, so that the window's start matters at more positions. Tokens. */
const contextTokens = 1024;

const { values } = parseArgs({
	options: {
		repo: { type: 'string', multiple: true, default: [] },
		positions: { type: 'string', default: '440' },
		seed: { type: 'string', default: '1' },
		model: { type: 'string', default: nanoModel },
	},
});

/** Compares all positions of a kind. Those where the prompts are the same count as unchanged. */
function compare(trials: readonly LayoutTrial[], of: (trial: LayoutTrial) => Pair | undefined): Record<string, number> {
	const pairs = trials.flatMap(trial => of(trial) ?? []);
	const better = pairs.filter(({ before, after }) => after.isExactLine && !before.isExactLine).length;
	const worse = pairs.filter(({ before, after }) => before.isExactLine && !after.isExactLine).length;
	return {
		positions: trials.length,
		differentPrompts: pairs.length,
		differentTexts: pairs.filter(({ before, after }) => before.text !== after.text).length,
		exactBefore: pairs.filter(({ before }) => before.isExactLine).length,
		better,
		worse,
		...pairedChange(trials.length, { better, worse }),
	};
}

async function main(): Promise<void> {
	const files = (await Promise.all(values.repo.map(folder => readRepository(resolve(folder))))).flat();
	const positions = choosePositions(files, { perLanguage: Number(values.positions), seed: Number(values.seed) });
	const model = await openRealModel(values.model);
	const sequence = await model.model.openSequence(contextTokens);
	const trials: LayoutTrial[] = [];
	let asking: { readonly file: SourceFile; readonly trials: LayoutTrials } | undefined;
	for (const [index, position] of positions.entries()) {
		const { file } = position;
		if (asking?.file !== file) {
			asking = { file, trials: new LayoutTrials(model, sequence, await textsBeside(file, files)) };
		}
		trials.push(await asking.trials.run(position, typedTokens[index % typedTokens.length] ?? 0));
		if (trials.length % 100 === 0) {
			console.error(`${trials.length} of ${positions.length}`);
		}
	}
	const ofTyped = (count: number): readonly LayoutTrial[] => trials.filter(trial => trial.typedTokens === count);
	const result = {
		command: `npx tsx bench/layoutQuality.ts --repo … --positions ${values.positions} --seed ${values.seed}`,
		model: basename(values.model),
		contextTokens,
		repositories: [...new Set(files.map(({ repository }) => repository))],
		positions: trials.length,
		unit: 'change in exactly right first lines, in percentage points of all positions, with its 95 % interval',
		/** By the number of tokens typed since the layout was made. */
		carriedOver: Object.fromEntries(
			typedTokens.map(count => [count, compare(ofTyped(count), ({ carried }) => carried)]),
		),
		carriedOverAll: compare(trials, ({ carried }) => carried),
		healing: compare(trials, ({ healed }) => healed),
	};
	const text = `${JSON.stringify(result, undefined, '\t')}\n`;
	const name = values.model === nanoModel ? 'layout-quality' : `layout-quality-${model.format.order}`;
	writeFileSync(join(import.meta.dirname, `results/${name}.json`), text);
	console.log(text);
	await model.model.dispose();
}

await main();
