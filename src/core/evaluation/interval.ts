/** Standard deviations of the normal distribution that enclose 95 %. */
const deviations = 1.96;

/** The 95 % confidence interval of a share by Wilson's formula: `successes` of `count`. The whole range for none. */
export function wilsonInterval(successes: number, count: number): { readonly low: number; readonly high: number } {
	if (count === 0) {
		return { low: 0, high: 1 };
	}
	const share = successes / count;
	const square = deviations ** 2 / count;
	const middle = share + square / 2;
	const spread = deviations * Math.sqrt((share * (1 - share)) / count + square / (4 * count));
	return { low: Math.max(0, (middle - spread) / (1 + square)), high: Math.min(1, (middle + spread) / (1 + square)) };
}
