import { randomNumbers } from './traces/typist';

/** A median and the interval that 95 of 100 resamples fall into. */
export interface Estimate {
	readonly median: number;
	readonly from: number;
	readonly to: number;
	readonly count: number;
}

const resamples = 2000;
const outside = 0.025;

/** The quantile of `values` at `share`, 0 … 1, by linear interpolation. `NaN` of none. */
export function quantile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	const at = share * (sorted.length - 1);
	const below = sorted[Math.floor(at)] ?? NaN;
	const above = sorted[Math.ceil(at)] ?? NaN;
	return below + (above - below) * (at - Math.floor(at));
}

export function median(values: readonly number[]): number {
	return quantile(values, 0.5);
}

/** The median with its bootstrap confidence interval (percentile method). The same for the same values. */
export function estimateMedian(values: readonly number[]): Estimate {
	const random = randomNumbers(values.length);
	const medians = Array.from({ length: resamples }, () =>
		median(values.map(() => values[Math.floor(random() * values.length)] ?? NaN)),
	);
	return {
		median: median(values),
		from: quantile(medians, outside),
		to: quantile(medians, 1 - outside),
		count: values.length,
	};
}

/** Behind 95 of 100 draws of a normal distribution, on both sides. */
const normalDeviations = 1.96;

/**
 * The change of a share between two measurements of the same things, and its 95 % interval by Bonett and Price (2012), which
 * says something also where nothing changed. Percentage points.
 */
export function pairedChange(
	count: number,
	{ better, worse }: { readonly better: number; readonly worse: number },
): { readonly change: number; readonly from: number; readonly to: number } {
	const [gained, lost] = [(better + 1) / (count + 2), (worse + 1) / (count + 2)];
	const middle = gained - lost;
	const half = normalDeviations * Math.sqrt((gained + lost - middle ** 2) / (count + 2));
	const points = (share: number): number => Number((100 * share).toFixed(2));
	return { change: points((better - worse) / count), from: points(middle - half), to: points(middle + half) };
}
