/** Which unpacked packages the positions of a language are taken from. Names without versions, as `training.unpack` has them. */
export type PackagesByLanguage = Readonly<Record<string, readonly string[]>>;

/**
 * `held-out`: sources.toml's, those of them that sotto-nano was judged on. `recent`: recent.toml's. The folders are those
 * that `python -m training.unpack` and `--recent` make below the folder for data.
 */
export const evaluationSets: Readonly<
	Record<string, { readonly folder: string; readonly packages: PackagesByLanguage }>
> = {
	'held-out': {
		folder: 'held_out',
		packages: {
			typescript: ['npm-hls.js', 'npm-immer', 'npm-trpc-server'],
			javascript: ['npm-css-tree', 'npm-fastify', 'npm-kafkajs', 'npm-luxon'],
			python: ['pypi-celery', 'pypi-httpx', 'pypi-networkx', 'pypi-rich', 'pypi-seaborn', 'pypi-werkzeug'],
			go: ['debian-golang-github-miekg-dns-dev', 'debian-golang-github-urfave-cli-v2-dev'],
			rust: ['debian-librust-petgraph-dev', 'debian-librust-toml-edit-dev'],
		},
	},
	recent: {
		folder: 'recent',
		packages: {
			typescript: ['npm-ai-sdk-mcp', 'npm-remix-run-fetch-router', 'npm-remix-run-route-pattern', 'npm-tanstack-pacer'],
			javascript: ['npm-fastify-sse', 'npm-hyparquet-writer', 'npm-icebird', 'npm-squirreling'],
			python: ['pypi-a2a-sdk', 'pypi-deepagents', 'pypi-openai-agents', 'pypi-pydantic-evals'],
			go: [
				'go-github.com-a2aproject-a2a-go',
				'go-github.com-google-jsonschema-go',
				'go-github.com-modelcontextprotocol-go-sdk',
				'go-github.com-samber-ro',
			],
			rust: ['cargo-iddqd', 'cargo-irpc', 'cargo-rmcp', 'cargo-vello_common'],
		},
	},
};

/**
 * The folder of each package, whatever its version.
 * @param found the names of the folders that are there.
 * @throws Error that says how to get a package that is missing.
 */
export function foldersOf(packages: readonly string[], found: readonly string[]): readonly string[] {
	return packages.map(name => {
		const [folder, ...more] = found.filter(
			one => one.startsWith(`${name}-`) && /^v?\d/.test(one.slice(name.length + 1)),
		);
		if (folder === undefined) {
			throw new Error(`${name} is not there. Unpack it: python -m training.unpack, with --recent for the recent ones`);
		}
		if (more.length > 0) {
			throw new Error(`${name} is there in several versions: ${[folder, ...more].join(', ')}. Delete all but one.`);
		}
		return folder;
	});
}
