/** Where pieces for the prompt come from. The names are those of `sotto.context.sources`. */
export const contextSources = ['files', 'recent', 'definitions', 'problems', 'cells'] as const;
export type ContextSource = (typeof contextSources)[number];

/** A switch for each source; what is left out is as it is by default. */
export type SourceSwitches = Readonly<Partial<Record<ContextSource, boolean>>>;

/**
 * A source is on where the evaluation shows that it helps, or where it does not reach the prompt as a piece (`cells` are the
 * text before the cursor). `problems` cannot be graded there, since nothing in a finished repository is wrong.
 */
export const defaultSources: Readonly<Record<ContextSource, boolean>> = {
	files: true,
	recent: true,
	definitions: true,
	problems: false,
	cells: true,
};

export function isSourceOn(switches: SourceSwitches, source: ContextSource): boolean {
	return switches[source] ?? defaultSources[source];
}
