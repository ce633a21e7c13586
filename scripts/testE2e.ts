import Mocha from 'mocha';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { packageVsix } from './package';
import { runAsCommand, type TestCounts } from './testCounts';
import { ensureWorkbench } from './workbench/install';
import { installExtension } from './workbench/server';

const root = join(import.meta.dirname, '..');

/** Packages Sotto, installs the VSIX as a person would, and uses it in a browser. `--grep TEXT` picks tests. */
export async function testE2e(options: { readonly grep?: string; readonly vsix?: string } = {}): Promise<TestCounts> {
	const vsix = options.vsix ?? (await packageVsix()).file;
	const extensions = await mkdtemp(join(tmpdir(), 'sotto-e2e-extensions-'));
	try {
		await installExtension(await ensureWorkbench(), vsix, extensions);
		process.env['SOTTO_E2E_EXTENSIONS'] = extensions;
		return await runSuites(options.grep ?? '');
	} finally {
		await rm(extensions, { recursive: true, force: true });
	}
}

async function runSuites(grep: string): Promise<TestCounts> {
	const mocha = new Mocha({ timeout: 120_000, slow: 20_000, grep });
	const folder = join(root, 'test/e2e');
	for (const name of (await readdir(folder)).filter(one => one.endsWith('.test.ts')).sort()) {
		mocha.addFile(join(folder, name));
	}
	await mocha.loadFilesAsync();
	return new Promise(done => {
		const runner = mocha.run(failed => {
			done({ passed: runner.stats?.passes ?? 0, failed });
		});
	});
}

/** `--name VALUE` of the command line. */
function option(name: string): string | undefined {
	const at = process.argv.indexOf(`--${name}`);
	return at === -1 ? undefined : process.argv[at + 1];
}

if (process.argv[1] === import.meta.filename) {
	const grep = option('grep');
	const vsix = option('vsix');
	await runAsCommand(() =>
		testE2e({ ...(grep === undefined ? {} : { grep }), ...(vsix === undefined ? {} : { vsix: resolve(vsix) }) }),
	);
}
