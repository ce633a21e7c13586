import { clamp } from './gateFeatures';
import { noTaste, type TasteState } from './taste';

/** Larger figures than this are none that learning gives. */
const largestWeight = 2;

/**
 * Reads the taste of an earlier session. Anything but finite numbers counts as not learned: an older version may have written
 * it, or a broken disk.
 */
export function parseTaste(kept: unknown): TasteState {
	const { weights, luck, lines, outcomes } = record(kept);
	const { slope, features, languages } = record(weights);
	const known = record(features);
	const fresh = noTaste.weights;
	return {
		weights: {
			slope: number(slope, fresh.slope, 0.5, 2),
			features: {
				always: number(known['always']),
				inWord: number(known['inWord']),
				lineStart: number(known['lineStart']),
				closersToTheRight: number(known['closersToTheRight']),
				recentLuck: number(known['recentLuck']),
				lowestToken: number(known['lowestToken'], 0, 0),
				length: number(known['length']),
				severalLines: number(known['severalLines']),
			},
			languages: numbers(languages),
		},
		luck: number(luck, 0, -1, 1),
		lines: numbers(lines, 1),
		outcomes: Math.floor(number(outcomes, 0, 0, Number.MAX_SAFE_INTEGER)),
	};
}

function record(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null ? { ...value } : {};
}

function number(value: unknown, fallback = 0, least = -largestWeight, most = largestWeight): number {
	return typeof value === 'number' && Number.isFinite(value) ? clamp(value, least, most) : fallback;
}

function numbers(value: unknown, largest = largestWeight): Readonly<Record<string, number>> {
	const entries = Object.entries(record(value)).filter(([, one]) => typeof one === 'number' && Number.isFinite(one));
	return Object.fromEntries(entries.map(([name, one]) => [name, number(one, 0, -largest, largest)]));
}
