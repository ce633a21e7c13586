import { PackageError } from './packageError';

/**
 * VS Code's name for a platform → the package with node-llama-cpp's prebuilt binaries that its VSIX carries.
 * `universal` has neither engine nor model: the host finds none and says so.
 */
export const targets = {
	'linux-x64': '@node-llama-cpp/linux-x64',
	'linux-arm64': '@node-llama-cpp/linux-arm64',
	'darwin-x64': '@node-llama-cpp/mac-x64',
	'darwin-arm64': '@node-llama-cpp/mac-arm64-metal',
	'win32-x64': '@node-llama-cpp/win-x64',
	'win32-arm64': '@node-llama-cpp/win-arm64',
	universal: undefined,
} as const satisfies Readonly<Record<string, string | undefined>>;
export type Target = keyof typeof targets;

/** The target of the machine that runs this, named as VS Code names it; it need not be one that we make. */
export function hostTarget(): string {
	return `${process.platform}-${process.arch}`;
}

/** Throws a `PackageError` that lists the choices. */
export function parseTarget(name: string): Target {
	if (isTarget(name)) {
		return name;
	}
	throw new PackageError(`There is no target "${name}": choose one of ${Object.keys(targets).join(', ')}.`);
}

function isTarget(name: string): name is Target {
	return Object.hasOwn(targets, name);
}
