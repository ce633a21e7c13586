/** The model in the box: its path inside the extension, forward slashes. */
export const bundledModel = 'models/sotto-nano/sotto-nano.gguf';
