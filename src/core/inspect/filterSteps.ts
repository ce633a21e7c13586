import type { Candidate, FilterContext } from '../postprocess/filter';
import { filters } from '../postprocess/pipeline';

/** A filter that changed the text, and what it left; `undefined`: it dropped it. */
export interface FilterStep {
	readonly name: string;
	readonly after: Candidate | undefined;
}

/** The pipeline's run, filter by filter: the same as `postprocess`, with everything between. */
export function filterSteps(
	text: string,
	context: FilterContext,
): { shown: Candidate | undefined; steps: readonly FilterStep[] } {
	const steps: FilterStep[] = [];
	let current: Candidate = { text, replaceAfter: 0 };
	for (const { name, filter } of filters) {
		const after = filter(current, context);
		if (after === undefined) {
			return { shown: undefined, steps: [...steps, { name, after }] };
		}
		if (after.text !== current.text || after.replaceAfter !== current.replaceAfter) {
			steps.push({ name, after });
		}
		current = after;
	}
	return { shown: current, steps };
}
