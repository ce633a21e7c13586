import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { longestDraft } from '../src/core/engine/draftGauge';
import { nanoModel } from '../test/support/gguf';
import { openRealModel } from '../test/support/realModel';
import { costs } from './drafts/costs';
import { gains } from './drafts/gains';
import { placesIn } from './drafts/places';
import { time } from './drafts/time';
import { sources, typeThrough, type TypedThrough } from './drafts/typedThrough';
import { allTraces } from './traces/allTraces';
import { machines } from './virtual/machines';

/**
 * Do drafts pay? The model checks a draft in one native call, and writes what it would have written anyway.
 * `npx tsx bench/drafts.ts costs GGUF …`: processor time of checking k tokens against writing one.
 * `… gains --model GGUF [--answers] --repo FOLDER …`: how much of the drafts of the texts at hand is right, in the product's own
 * answers, or in what the authors wrote (only the vocabulary of the model matters then).
 * `… time --model GGUF --cost 1.78 --repo FOLDER …`: processor time of whole answers with and without.
 * `… typing`: the traces typed with the model in the box, with drafts of no source, of the texts at hand, and of earlier answers
 * too; counts, on virtual machines, the same each time.
 * All add to `bench/results/drafts.json`.
 */
const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		repo: { type: 'string', multiple: true, default: [] },
		model: { type: 'string', default: nanoModel },
		answers: { type: 'boolean', default: false },
		positions: { type: 'string', default: '60' },
		cost: { type: 'string', default: '1.78' },
	},
});

/** Checking a token costs as much as in `costs`; for the M2 Pro as `machines` has it for one completion more. */
const virtualMachines = {
	'one core, sotto-nano': { prefill: (tokens: number) => 0.3 * tokens, decode: 1.34, check: 0.78 / longestDraft },
	'one core, 0.5B': { ...machines['one core, 0.5B'], decode: 30, check: 1.37 / longestDraft },
	'M2 Pro, 1.5B': { ...machines['M2 Pro, 1.5B'], decode: 11, check: 0.15 },
};

async function typing(): Promise<void> {
	const real = await openRealModel(nanoModel);
	const bySize = [...allTraces()].toSorted(([, a], [, b]) => a.length - b.length);
	for (const [trace, moments] of bySize) {
		const result: Record<string, Record<string, TypedThrough>> = {};
		for (const [machine, { check, ...costs }] of Object.entries(virtualMachines)) {
			const bySource: Record<string, TypedThrough> = {};
			for (const source of sources) {
				bySource[source] = await typeThrough(real, moments, {
					costs: { ...costs, check: check * costs.decode },
					source,
				});
			}
			result[machine] = bySource;
		}
		record(`typing: ${trace}`, result);
	}
	await real.model.dispose();
}

async function atPlaces(what: 'gains' | 'time'): Promise<unknown> {
	const places = await placesIn(values.repo, Number(values.positions));
	const real = await openRealModel(values.model);
	const result =
		what === 'gains' ? await gains(real, places, values.answers) : await time(real, places, Number(values.cost));
	await real.model.dispose();
	return result;
}

/** Beside what was measured before. */
function record(name: string, result: unknown): void {
	const path = join(import.meta.dirname, 'results/drafts.json');
	const before = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as object) : {};
	writeFileSync(path, `${JSON.stringify({ ...before, [name]: result }, null, '\t')}\n`);
	console.log(name, JSON.stringify(result));
}

const [what, ...paths] = positionals;
if (what === 'costs') {
	for (const path of paths) {
		record(`costs: ${basename(path)}`, await costs(path));
	}
} else if (what === 'gains') {
	const of = values.answers ? `answers of ${basename(values.model)}` : `authors, ${basename(values.model)}`;
	record(`gains: ${of}`, await atPlaces(what));
} else if (what === 'time') {
	record(`time: ${basename(values.model)}`, await atPlaces(what));
} else if (what === 'typing') {
	await typing();
} else {
	throw new Error('Say what to measure: costs, gains, time or typing.');
}
