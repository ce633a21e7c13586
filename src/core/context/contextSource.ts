/** Sources of the context besides the text around the cursor. The names are those of `sotto.context.sources`. */
export const contextSources = ['files', 'recent', 'definitions', 'problems', 'cells'] as const;
export type ContextSource = (typeof contextSources)[number];

/** A switch for each source; what is left out is as it is by default. */
export type SourceSwitches = Readonly<Partial<Record<ContextSource, boolean>>>;
export type EnabledSources = Readonly<Record<ContextSource, boolean>>;

/**
 * For the model in the box: of pieces of other files none has been shown to help it (`bench/results/context-sources.md`), so none
 * is paid for. To be measured again with each new model. `cells` are no pieces but the text before the cursor.
 */
const inTheBox: EnabledSources = { files: false, recent: false, definitions: false, problems: false, cells: true };

/**
 * For a model that the user has chosen: the one source that small weights in another family's order wrote better with
 * (`bench/results/context-sources.md`). Whether a larger model gains by the others, the user's own evaluation says.
 */
const ofOnesOwn: EnabledSources = { files: true, recent: false, definitions: false, problems: false, cells: true };

/** @param settings `model.path` is empty for the model in the box. */
export function enabledSources(settings: {
	readonly 'context.sources': SourceSwitches;
	readonly 'model.path': string;
}): EnabledSources {
	return { ...(settings['model.path'] === '' ? inTheBox : ofOnesOwn), ...settings['context.sources'] };
}

/** The prior helps the model in the box too, so the texts of open files are counted unless somebody has turned `files` off. */
export function countsOpenFiles(settings: { readonly 'context.sources': SourceSwitches }): boolean {
	return settings['context.sources'].files !== false;
}
