import type { SureText } from '../completion/confidence';
import { linePrefix, lineSuffix, type DocumentSnapshot } from '../text/documentSnapshot';

/** Features of a place that are known before the model is asked, and features of its answer. All lie between -1 and 1. */
export const placeFeatures = ['always', 'inWord', 'lineStart', 'closersToTheRight', 'recentLuck'] as const;
export const answerFeatures = ['lowestToken', 'length', 'severalLines'] as const;
export type GateFeature = (typeof placeFeatures)[number] | (typeof answerFeatures)[number];
export type PlaceValues = Readonly<Record<(typeof placeFeatures)[number], number>>;
export type GateValues = PlaceValues & Readonly<Record<(typeof answerFeatures)[number], number>>;

/** Characters of a first line of usual length; four times as long, or a quarter, is as far as the feature goes. */
const usualLength = 16;

/** @param luck how the last suggestions fared: 1 all taken, -1 all passed over. */
export function placeValues(document: DocumentSnapshot, luck: number): PlaceValues {
	const before = linePrefix(document);
	return {
		always: 1,
		inWord: Number(/[\p{L}\p{N}_$]$/u.test(before)),
		lineStart: Number(before.trim() === ''),
		closersToTheRight: Number(lineSuffix(document).trim() !== ''),
		recentLuck: luck,
	};
}

/** @param token below which the text would have been cut: the lowest token is measured from there. */
export function answerValues(place: PlaceValues, sure: SureText, token: number): GateValues {
	const line = /^\s*[^\n]*/.exec(sure.text)?.[0].trim() ?? '';
	return {
		...place,
		lowestToken: clamp((logit(sure.leastProbability) - logit(token)) / 4),
		length: clamp(Math.log2(Math.max(1, line.length) / usualLength) / 2),
		severalLines: Number(sure.text.trim().includes('\n')),
	};
}

export function clamp(value: number, least = -1, most = 1): number {
	return Math.min(most, Math.max(least, value));
}

/** Certainty is not told from near certainty: no figure of a model is that good. */
const nearest = 1e-4;

export function logit(probability: number): number {
	const bounded = clamp(probability, nearest, 1 - nearest);
	return Math.log(bounded / (1 - bounded));
}

export function sigmoid(value: number): number {
	return 1 / (1 + Math.exp(-value));
}
