import { figureOf, withFigure, type ByLanguage } from './byLanguage';
import { answerFeatures, clamp, logit, placeFeatures, sigmoid, type GateFeature } from './gateFeatures';

/** Weights learned from one user. All zero, with a slope of 1, means that nothing was learned. */
export interface TasteWeights {
	/** How much a suggestion gains by the model's being surer of it. */
	readonly slope: number;
	readonly features: Readonly<Record<GateFeature, number>>;
	/** By language, for those that have been learnt from. */
	readonly languages: ByLanguage;
}

/** One suggestion as the gate saw it. */
export interface GateSample {
	/** By how much the first line's mean lies above the usual threshold; in logits. */
	readonly surplus: number;
	readonly values: Readonly<Partial<Record<GateFeature, number>>>;
	readonly language: string;
	/** The chance of being accepted from which on a suggestion is worth a look. */
	readonly breakEven: number;
}

const features = [...placeFeatures, ...answerFeatures];

export const noWeights: TasteWeights = {
	slope: 1,
	features: {
		always: 0,
		inWord: 0,
		lineStart: 0,
		closersToTheRight: 0,
		recentLuck: 0,
		lowestToken: 0,
		length: 0,
		severalLines: 0,
	},
	languages: {},
};

/** Steps of this size: some twenty outcomes of one kind are noticed, and none of them alone. */
const rate = 0.1;
/** With each outcome the weights fall back by this share, so that what was learnt long ago fades. */
const fading = 0.004;
/** No weight is larger, so that none takes more than some thirty outcomes to be unlearnt. In logits. */
const largest = 1.5;
const slopes = { least: 0.5, most: 2 } as const;

/** The amount in logits that the user's taste adds to a suggestion with these features. 0 where nothing was learned. */
export function inclination(
	weights: TasteWeights,
	{ values, language }: Pick<GateSample, 'values' | 'language'>,
): number {
	return Object.values(leanings(weights, { values, language })).reduce((sum, value) => sum + value, 0);
}

/** The same, by what it comes from: a feature, or the language. */
export function leanings(
	weights: TasteWeights,
	{ values, language }: Pick<GateSample, 'values' | 'language'>,
): Readonly<Record<string, number>> {
	const known = features.map(name => [name, weights.features[name] * (values[name] ?? 0)] as const);
	return Object.fromEntries([...known, [language, figureOf(weights.languages, language)]]);
}

/** The chance that the user accepts it, as learnt so far. At the usual threshold and with nothing learnt: break even. */
export function acceptance(weights: TasteWeights, sample: GateSample): number {
	return sigmoid(weights.slope * sample.surplus + inclination(weights, sample) + logit(sample.breakEven));
}

/** One step of stochastic gradient descent on the logarithmic loss, within bounds. */
export function learn(weights: TasteWeights, sample: GateSample, isAccepted: boolean): TasteWeights {
	const step = rate * (Number(isAccepted) - acceptance(weights, sample));
	const next = (weight: number, value: number): number =>
		clamp((1 - fading) * weight + step * value, -largest, largest);
	const moved = (name: GateFeature): number => next(weights.features[name], sample.values[name] ?? 0);
	const own = next(figureOf(weights.languages, sample.language), 1);
	const slope = 1 + (1 - fading) * (weights.slope - 1) + step * clamp(sample.surplus, -2, 2);
	return {
		slope: clamp(slope, slopes.least, slopes.most),
		features: {
			always: moved('always'),
			inWord: moved('inWord'),
			lineStart: moved('lineStart'),
			closersToTheRight: moved('closersToTheRight'),
			recentLuck: moved('recentLuck'),
			// Never below 0: a surer model is never held against a suggestion.
			lowestToken: Math.max(0, moved('lowestToken')),
			length: moved('length'),
			severalLines: moved('severalLines'),
		},
		languages: withFigure(weights.languages, sample.language, own),
	};
}
