/**
 * The name of a model for people: the name of its file, which is what they have downloaded or chosen. The name in a GGUF's
 * header is often that of a training run.
 */
export function modelLabel(path: string): string {
	return path.replace(/^.*[\\/]/, '').replace(/\.gguf$/i, '');
}
