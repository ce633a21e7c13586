import { build, context } from 'esbuild';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';

const watch = process.argv.includes('--watch');
const silent = process.argv.includes('--silent');

const common = {
	bundle: true,
	minify: !watch,
	sourcemap: 'linked',
	logLevel: silent ? 'error' : 'warning',
	legalComments: 'none',
};
const node = { ...common, platform: 'node', target: 'node20' };
/** vscode-jsonrpc is CommonJS and calls `require` for node's own modules, which an ES module has to make for itself. */
const esmRequire = {
	js: "import { createRequire as sottoRequire } from 'node:module'; const require = sottoRequire(import.meta.url);",
};

/** What is built, and the one import each bundle may leave unresolved. Anything else missing fails the build. */
const targets = {
	extension: {
		...node,
		entryPoints: { extension: 'src/extension/extension.ts' },
		format: 'cjs',
		outExtension: { '.js': '.cjs' },
		external: ['vscode'],
	},
	engine: {
		...node,
		entryPoints: { engine: 'src/engine/main.ts' },
		format: 'esm',
		outExtension: { '.js': '.mjs' },
		banner: esmRequire,
		external: ['node-llama-cpp'],
	},
	syntax: {
		...node,
		entryPoints: { syntax: 'src/node/syntax/main.ts' },
		format: 'cjs',
		outExtension: { '.js': '.cjs' },
	},
	cli: {
		...node,
		entryPoints: { cli: 'src/node/cli/main.ts' },
		format: 'esm',
		outExtension: { '.js': '.mjs' },
		banner: esmRequire,
	},
	webview: {
		...common,
		platform: 'browser',
		target: 'es2022',
		entryPoints: { 'webview/explain': 'src/webview/explain/main.ts' },
		format: 'iife',
		loader: { '.css': 'css' },
	},
};

/** Those that `src/node/syntax/grammars.ts` names, out of more, and the parser. A test compares. */
const grammars = ['cpp', 'go', 'java', 'javascript', 'python', 'rust', 'tsx', 'typescript'];
const parserFiles = ['tree-sitter.wasm', ...grammars.map(name => `tree-sitter-${name}.wasm`)];

await mkdir('dist/grammars', { recursive: true });
await Promise.all(
	parserFiles.map(file => copyFile(`node_modules/@vscode/tree-sitter-wasm/wasm/${file}`, `dist/grammars/${file}`)),
);
if (watch) {
	console.log('building');
	const contexts = await Promise.all(Object.values(targets).map(options => context({ ...options, outdir: 'dist' })));
	await Promise.all(contexts.map(one => one.watch()));
	console.log('watching');
} else {
	const results = await Promise.all(
		Object.entries(targets).map(async ([name, options]) => [
			name,
			await build({ ...options, outdir: 'dist', metafile: true }),
		]),
	);
	await writeFile(
		'dist/meta.json',
		JSON.stringify(Object.fromEntries(results.map(([name, { metafile }]) => [name, metafile]))),
	);
}
