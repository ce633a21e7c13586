/** A file of a package, as `python -m training.unpack` keeps it: one JSON object a line. */
export interface PackagedFile {
	readonly path: string;
	/** VS Code's name of its language. */
	readonly language: string;
	readonly text: string;
}

/** @returns `undefined` for a line that is something else. */
export function packagedFile(line: string): PackagedFile | undefined {
	const value = parsed(line);
	return isPackagedFile(value) ? value : undefined;
}

function parsed(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch (error) {
		if (error instanceof SyntaxError) {
			return undefined;
		}
		throw error;
	}
}

function isPackagedFile(value: unknown): value is PackagedFile {
	return (
		typeof value === 'object' &&
		value !== null &&
		(['path', 'language', 'text'] as const).every(key => key in value && typeof value[key as never] === 'string')
	);
}
