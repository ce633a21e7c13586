/**
 * The variables of the host that the engine may see: what the dynamic loader, the C library and a GPU driver need to
 * find themselves. Keys, tokens, `NODE_OPTIONS`, `LD_PRELOAD` and whatever else a shell exports stay behind.
 */
const allowed = new Set(['PATH', 'HOME', 'LANG', 'TMPDIR', 'TEMP', 'TMP', 'SYSTEMROOT', 'WINDIR', 'USERPROFILE']);

/** `ELECTRON_RUN_AS_NODE` makes VS Code's own executable behave as Node in the child; plain Node ignores it. */
export function engineEnvironment(host: Readonly<NodeJS.ProcessEnv>): Record<string, string> {
	const environment: Record<string, string> = { ELECTRON_RUN_AS_NODE: '1', ELECTRON_NO_ASAR: '1' };
	for (const [name, value] of Object.entries(host)) {
		if (value !== undefined && allowed.has(name.toUpperCase())) {
			environment[name] = value;
		}
	}
	return environment;
}
