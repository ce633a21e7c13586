import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { packageVsix } from './package';
import { firstCompletion } from './try/firstCompletion';
import { lookAround } from './try/lookAround';
import { findProgram } from './workbench/findProgram';
import { ensureWorkbench } from './workbench/install';
import { runOrThrow } from './workbench/run';
import { installExtension, startServer } from './workbench/server';

const root = join(import.meta.dirname, '..');

/** The gap in the sample that the first completion fills, and what stands in it by then. Lines from 1. */
const gap = { path: 'src/box.ts', line: 16, typed: 'this.label' };

/** The main job on a fresh machine: package, install, open, complete. */
async function main(): Promise<void> {
	const { values } = parseArgs({ options: { headless: { type: 'boolean' }, out: { type: 'string' } } });
	console.log('packaging the extension …');
	const vsix = await packageVsix();
	console.log(`  ${vsix.file} (${(vsix.bytes / 1e6).toFixed(1)} MB)`);
	const temporary = await mkdtemp(join(tmpdir(), 'sotto-try-'));
	const workspace = join(temporary, 'sample');
	await cp(join(root, 'test/fixtures/workspace'), workspace, { recursive: true });
	try {
		const first = await firstCompletion(root, join(workspace, gap.path), gap.line, gap.typed);
		console.log(
			`first completion, at ${gap.path}:${gap.line}: ${gap.typed}[${first.text}] after ${Math.round(first.ms)} ms`,
		);
		const code = await findProgram(['code', 'code-insiders', 'codium']);
		if (code !== undefined && values.headless !== true) {
			await openInDesktop(code, vsix.file, workspace);
		} else {
			await openInWorkbench(vsix.file, workspace, temporary, values.headless === true ? (values.out ?? '') : undefined);
		}
	} finally {
		await rm(temporary, { recursive: true, force: true });
	}
}

async function openInDesktop(code: string, vsix: string, workspace: string): Promise<void> {
	const shell = process.platform === 'win32';
	await runOrThrow(code, ['--install-extension', vsix, '--force'], 'VS Code did not install Sotto.', { shell });
	const at = `${join(workspace, gap.path)}:${gap.line}:3`;
	await runOrThrow(code, ['--new-window', workspace, '--goto', at], 'VS Code did not open.', { shell });
	console.log(`VS Code is open. Type "${gap.typed}" in line ${gap.line} of ${gap.path}. Ctrl+C ends this.`);
	await untilInterrupted();
}

/** `imagesFolder`: undefined = for a person; otherwise looked at without one, and '' = `docs/images`. */
async function openInWorkbench(
	vsix: string,
	workspace: string,
	temporary: string,
	imagesFolder: string | undefined,
): Promise<void> {
	const workbench = await ensureWorkbench();
	const extensionsFolder = join(temporary, 'extensions');
	await installExtension(workbench, vsix, extensionsFolder);
	const server = await startServer({ workbench, extensionsFolder });
	try {
		if (imagesFolder === undefined) {
			console.log(`open ${server.link(workspace)}`);
			console.log(`Open ${gap.path}, put the cursor into line ${gap.line} and type "${gap.typed}". Ctrl+C ends this.`);
			await untilInterrupted();
		} else {
			const folder = imagesFolder === '' ? join(root, 'docs/images') : resolve(imagesFolder);
			await lookAround(server, workspace, folder);
		}
	} finally {
		await server.stop();
	}
}

async function untilInterrupted(): Promise<void> {
	const interrupted = new AbortController();
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => {
			interrupted.abort();
		});
	}
	while (!interrupted.signal.aborted) {
		await sleep(60_000, undefined, { signal: interrupted.signal }).catch(() => undefined);
	}
}

try {
	await main();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
