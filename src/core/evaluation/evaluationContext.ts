import type { ContextSource } from '../context/contextSource';

/** The sources that a repository without an editor can stand in for. */
export const gradedSources = ['files', 'recent', 'definitions'] as const satisfies readonly ContextSource[];
export type GradedSource = (typeof gradedSources)[number];

/** Sources of context that the model is given: `none`, or graded sources joined by `+`. */
export type EvaluationContext = 'none' | GradedSource | `${GradedSource}+${string}`;

const all = gradedSources.join('+');

/** Words for several contexts. `ablation`: nothing, each source alone, all of them, and all but each. */
const sets = new Map<string, readonly string[]>(
	Object.entries({
		both: ['none', 'files'],
		all: [all],
		ablation: ['none', ...gradedSources, all, ...gradedSources.map(source => without(source))],
	}),
);

export function sourcesOf(context: EvaluationContext): ReadonlySet<string> {
	return new Set(context === 'none' ? [] : context.split('+'));
}

/**
 * Reads a list such as `none,files+definitions` or `ablation`, each context once and in the order of its naming.
 * @returns `undefined` where a word in it is not known.
 */
export function parseContexts(list: string): readonly EvaluationContext[] | undefined {
	const contexts = list.split(',').flatMap(name => sets.get(name) ?? [name]);
	return contexts.every(isContext) ? [...new Set(contexts)] : undefined;
}

function isContext(name: string): name is EvaluationContext {
	const sources = name.split('+');
	const known: readonly string[] = gradedSources;
	return (
		name === 'none' || (sources.every(source => known.includes(source)) && new Set(sources).size === sources.length)
	);
}

function without(left: GradedSource): string {
	return gradedSources.filter(source => source !== left).join('+');
}
