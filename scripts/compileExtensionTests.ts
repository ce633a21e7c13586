import { build } from 'esbuild';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Compiles `test/extension` to `out/test/extension`; returns the entry that VS Code is given as `extensionTestsPath`. */
export async function compileExtensionTests(): Promise<string> {
	const source = join(root, 'test/extension');
	const target = join(root, 'out/test/extension');
	await rm(target, { recursive: true, force: true });
	const suites = (await readdir(join(source, 'suites'))).filter(name => name.endsWith('.test.ts'));
	await build({
		entryPoints: ['index.ts', ...suites.map(name => join('suites', name))].map(name => join(source, name)),
		outbase: source,
		outdir: target,
		outExtension: { '.js': '.cjs' },
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		sourcemap: 'inline',
		logLevel: 'warning',
		// mocha loads its reporters by path, so it stays in node_modules.
		external: ['vscode', 'mocha'],
	});
	return join(target, 'index.cjs');
}
