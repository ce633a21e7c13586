import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ModelError } from './models/modelError';
import { ensureBundledModel } from './models/shippedModel';
import { readManifest } from './package/installedPackage';
import { PackageError } from './package/packageError';
import { runNode } from './package/runNode';
import { stageExtension } from './package/stage';
import { hostTarget, parseTarget, targets } from './package/targets';

const root = resolve(import.meta.dirname, '..');

export interface PackageOptions {
	/** One of `targets` in package/targets.ts; the machine's own when absent. */
	readonly target?: string | undefined;
	/** Path of the VSIX; `sotto-<target>-<version>.vsix` beside package.json when absent. */
	readonly out?: string | undefined;
}

export interface PackagedVsix {
	/** Absolute path. */
	readonly file: string;
	readonly bytes: number;
}

/** Builds Sotto and makes the VSIX for one platform. Throws a `PackageError` or a `ModelError` that says what to do. */
export async function packageVsix(options: PackageOptions = {}): Promise<PackagedVsix> {
	const target = parseTarget(options.target ?? hostTarget());
	const { name, version } = await readManifest(root, '.');
	const file = resolve(options.out ?? join(root, `${name}-${target}-${version}.vsix`));
	if (targets[target] !== undefined) {
		await ensureBundledModel(root);
	}
	await runNode('The build', root, ['esbuild.mjs', '--silent']);
	// Outside the repository: an engine left in dist/node_modules, perhaps another platform's, would be found before ours.
	const stage = await mkdtemp(join(tmpdir(), 'sotto-package-'));
	try {
		await stageExtension(root, target, stage);
		const forTarget = target === 'universal' ? [] : ['--target', target];
		await runNode('vsce', stage, [
			join(root, 'node_modules/@vscode/vsce/vsce'),
			'package',
			...forTarget,
			...flags(file),
		]);
	} finally {
		await rm(stage, { recursive: true, force: true });
	}
	return { file, bytes: (await stat(file)).size };
}

/** The packages were chosen by us; there is no public repository that relative links could point into. */
function flags(out: string): readonly string[] {
	return ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', out];
}

function readArguments(args: string[]): PackageOptions {
	try {
		return parseArgs({ args, options: { target: { type: 'string' }, out: { type: 'string' } } }).values;
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new PackageError(`${reason}\nUsage: npm run package [-- --target TARGET] [--out FILE]`);
	}
}

async function main(): Promise<void> {
	const { file, bytes } = await packageVsix(readArguments(process.argv.slice(2)));
	console.log(`${file} (${(bytes / 1e6).toFixed(1)} MB)`);
}

if (process.argv[1] === import.meta.filename) {
	try {
		await main();
	} catch (error) {
		if (!(error instanceof PackageError || error instanceof ModelError)) {
			throw error;
		}
		console.error(error.message);
		process.exitCode = 1;
	}
}
