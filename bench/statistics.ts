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
