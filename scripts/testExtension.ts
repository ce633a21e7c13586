import { runTests } from '@vscode/test-electron';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { compileExtensionTests } from './compileExtensionTests';
import { ensureBundledModel } from './models/shippedModel';
import { runAsCommand, type TestCounts } from './testCounts';
import { runInWorkbench } from './workbench/extensionHostTests';
import { findProgram } from './workbench/findProgram';
import { runOrThrow } from './workbench/run';

const root = join(import.meta.dirname, '..');
const timeoutMs = 10 * 60_000;
/** sotto-nano is small, and the suites know its answers. Those about the bundled model empty the setting. */
const settings = { 'sotto.model.path': join(root, 'models/sotto-nano/sotto-nano.gguf') };
const countsShape = z.object({ passed: z.number(), failed: z.number() });

/**
 * Runs `test/extension` in a real extension host: a desktop VS Code where one is named (`SOTTO_VSCODE=/path/to/code`,
 * or `SOTTO_DESKTOP=1` with `code` on the PATH), else the workbench, which it installs.
 */
export async function testExtension(): Promise<TestCounts> {
	await runOrThrow(process.execPath, ['esbuild.mjs', '--silent'], 'The extension does not build.', { cwd: root });
	await ensureBundledModel(root);
	const testsPath = await compileExtensionTests();
	const temporary = await mkdtemp(join(tmpdir(), 'sotto-extension-tests-'));
	try {
		// The suites write into the workspace: it is a copy.
		const workspace = join(temporary, 'workspace');
		await cp(join(root, 'test/fixtures/workspace'), workspace, { recursive: true });
		const resultFile = join(temporary, 'result.json');
		const environment = { SOTTO_TEST_RESULT: resultFile };
		const desktop = await desktopVscode();
		const run = desktop === undefined ? inWorkbench : inDesktop(desktop);
		const code = await run({ testsPath, workspace, environment });
		return await readCounts(resultFile, code);
	} finally {
		await rm(temporary, { recursive: true, force: true });
	}
}

interface Suites {
	readonly testsPath: string;
	readonly workspace: string;
	readonly environment: Readonly<Record<string, string>>;
}

function inWorkbench(suites: Suites): Promise<number> {
	return runInWorkbench({ ...suites, settings, extensionFolder: root, timeoutMs });
}

function inDesktop(vscodeExecutablePath: string): (suites: Suites) => Promise<number> {
	return async ({ testsPath, workspace, environment }) => {
		const userData = join(workspace, '../user-data');
		await mkdir(join(userData, 'User'), { recursive: true });
		await writeFile(join(userData, 'User/settings.json'), JSON.stringify(settings));
		const flags = ['--disable-extensions', '--disable-workspace-trust', '--skip-welcome'];
		return runTests({
			vscodeExecutablePath,
			extensionDevelopmentPath: root,
			extensionTestsPath: testsPath,
			extensionTestsEnv: environment,
			launchArgs: [workspace, '--user-data-dir', userData, ...flags],
		}).catch(() => 1);
	};
}

/** The executable itself: the `code` on a PATH is a script that starts it. */
async function desktopVscode(): Promise<string | undefined> {
	const named = process.env['SOTTO_VSCODE'];
	if (named !== undefined) {
		return named;
	}
	const script = process.env['SOTTO_DESKTOP'] === '1' ? await findProgram(['code']) : undefined;
	if (script === undefined) {
		return undefined;
	}
	const executable = join(dirname(await realpath(script)), '../code');
	if (!existsSync(executable)) {
		throw new Error(`The VS Code that ${script} starts was not found. Set SOTTO_VSCODE to its executable.`);
	}
	return executable;
}

async function readCounts(resultFile: string, code: number): Promise<TestCounts> {
	if (!existsSync(resultFile)) {
		throw new Error(`The extension host ended (${code}) before its tests did.`);
	}
	return countsShape.parse(JSON.parse(await readFile(resultFile, 'utf8')));
}

if (process.argv[1] === import.meta.filename) {
	await runAsCommand(testExtension);
}
