/** The machine as the fetching of models sees it; tests pass another. */
export interface Surroundings {
	readonly environment: NodeJS.ProcessEnv;
	/** Whether this process may install Debian packages. */
	readonly isRoot: boolean;
	/** Tells a person what takes time. */
	readonly say: (line: string) => void;
}

/** This machine. Lines go to standard error: standard output belongs to what a command was asked for. */
export function here(): Surroundings {
	return {
		environment: process.env,
		isRoot: process.getuid?.() === 0,
		say: line => process.stderr.write(`${line}\n`),
	};
}
