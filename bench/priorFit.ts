import { parseArgs } from 'node:util';
import { nearestFiles } from '../src/core/evaluation/nearestFiles';
import { choosePositions, cursorDocument, hiddenText, type EvaluationPosition } from '../src/core/evaluation/positions';
import type { SourceFile } from '../src/core/evaluation/sourceFile';
import { LocalPrior } from '../src/core/prior/localPrior';
import { priorWeight, type PriorTrust } from '../src/core/prior/mixture';
import { OpenTexts } from '../src/core/prior/openTexts';
import { layoutPrompt } from '../src/core/prompt/layout';
import { tokenizeParts } from '../src/core/prompt/layoutWindow';
import { takeBack } from '../src/engine/healing';
import { prefill } from '../src/engine/prefill';
import { PriorGuesser } from '../src/engine/priorGuesser';
import { readRepository } from '../src/node/evaluation/readRepository';
import { nanoModel } from '../test/support/gguf';
import { openRealModel } from '../test/support/realModel';

/**
 * Finds how far a model should trust the prior, for `core/prior/priorWeights.ts`: the weights under which what the authors wrote
 * is most likely (Jelinek and Mercer 1980). `npx tsx bench/priorFit.ts --repo FOLDER … [--model GGUF] [--positions 60]`;
 * use other repositories than those that quality is reported on.
 */

/** One token that the author wrote: how likely model and prior thought it, and what the weight is computed from. */
interface Observation {
	readonly byModel: number;
	readonly byPrior: number;
	readonly agreeing: number;
	readonly share: number;
}

/** The most tokens that are used of the hidden text's first line. */
const mostTokens = 24;
const budget = 700;
/** A token that the model thinks impossible would decide alone. */
const leastProbability = 1e-6;

const { values } = parseArgs({
	options: {
		repo: { type: 'string', multiple: true, default: [] },
		model: { type: 'string', default: nanoModel },
		positions: { type: 'string', default: '60' },
	},
});
const real = await openRealModel(values.model);
const sequence = await real.openSequence();
const start: PriorTrust = { base: 0, perDoubling: 0, perShare: 0 };

async function observe(position: EvaluationPosition, guesser: PriorGuesser): Promise<readonly Observation[]> {
	const document = cursorDocument(position);
	const layout = layoutPrompt(real.format, real.tokenizer, { ...document, pieces: [] }, { budget });
	const { prefix } = document;
	const prompt = takeBack(layout.tokens, { open: layout.open, prefix, decode: (...args) => real.decode(...args) });
	guesser.moveTo(document);
	await prefill(sequence, prompt.tokens, () => undefined);
	const line = /^\n?[^\n]*/.exec(hiddenText(position))?.[0] ?? '';
	const observations: Observation[] = [];
	let last = prompt.tokens.at(-1) ?? 0;
	let left = prompt.typed;
	let written = '';
	for (const token of (tokenizeParts(real.tokenizer, `${left}${line}\n`, Infinity) ?? []).slice(0, mostTokens)) {
		const guess = guesser.next(written, left);
		const [told = []] = await sequence.evaluateAmong([{ token: last, others: [token] }]);
		const byModel = told.find(next => next.token === token)?.probability ?? 0;
		if (guess !== undefined) {
			const share = Math.max(...guess.tokens.values());
			observations.push({ byModel, byPrior: guess.tokens.get(token) ?? 0, agreeing: guess.agreeing, share });
		}
		const text = real.decode([token], []);
		written += text.slice(left.length);
		left = left.slice(text.length);
		last = token;
	}
	return observations;
}

async function observeAll(files: readonly SourceFile[]): Promise<readonly Observation[]> {
	const positions = choosePositions(files, { perLanguage: Number(values.positions), seed: 11 });
	const observations: Observation[] = [];
	for (const position of positions) {
		const texts = new OpenTexts();
		for (const { uri, path, text } of nearestFiles(position.file, files, 20).toReversed()) {
			await texts.add({ id: uri, path, text: text.slice(0, 100_000) }, () => Promise.resolve());
		}
		const guesser = new PriorGuesser(new LocalPrior(texts), () => start, real.tokenizer);
		observations.push(...(await observe(position, guesser)));
	}
	return observations;
}

function weightOf({ agreeing, share }: Observation, trust: PriorTrust): number {
	return priorWeight({ agreeing, tokens: new Map([[0, share]]) }, trust);
}

/** Natural logarithm, mean over the tokens. */
function likelihood(observations: readonly Observation[], weight: (one: Observation) => number): number {
	const logs = observations.map(one => {
		const w = weight(one);
		return Math.log((1 - w) * Math.max(one.byModel, leastProbability) + w * one.byPrior);
	});
	return logs.reduce((sum, log) => sum + log, 0) / logs.length;
}

/** Gradient ascent with a step per weight (Adagrad, Duchi et al. 2011). */
function fit(observations: readonly Observation[]): PriorTrust {
	const weights = [0, 0, 0];
	const squares = [1e-8, 1e-8, 1e-8];
	for (let round = 0; round < 600; round++) {
		const gradient = [0, 0, 0];
		for (const one of observations) {
			const w = weightOf(one, trustOf(weights));
			const byModel = Math.max(one.byModel, leastProbability);
			const slope = ((one.byPrior - byModel) / ((1 - w) * byModel + w * one.byPrior)) * w * (1 - w);
			for (const [index, feature] of [1, Math.log2(1 + one.agreeing), one.share].entries()) {
				gradient[index] = (gradient[index] ?? 0) + (slope * feature) / observations.length;
			}
		}
		for (const [index, slope] of gradient.entries()) {
			squares[index] = (squares[index] ?? 0) + slope ** 2;
			weights[index] = (weights[index] ?? 0) + (0.3 * slope) / Math.sqrt(squares[index] ?? 1);
		}
	}
	return trustOf(weights);
}

function trustOf([base = 0, perDoubling = 0, perShare = 0]: readonly number[]): PriorTrust {
	return { base, perDoubling, perShare };
}

const observations = await observeAll((await Promise.all(values.repo.map(root => readRepository(root)))).flat());
const fitted = fit(observations);
console.log(
	JSON.stringify({
		tokens: observations.length,
		modelAlone: likelihood(observations, () => 0),
		mixture: likelihood(observations, one => weightOf(one, fitted)),
		trust: fitted,
	}),
);
await real.model.dispose();
