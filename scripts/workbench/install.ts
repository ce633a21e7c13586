import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../cacheFolder';
import { runOrThrow } from './run';

/** 4.139.1 carries the workbench and the extension host of VS Code 1.139.1, and wants Node 24. */
const codeServerVersion = '4.139.1';
const nodeVersion = '24.21.0';

/** A VS Code that runs from npm packages, for where a desktop VS Code cannot be had. */
export interface Workbench {
	/** The Node 24 that runs it. */
	readonly node: string;
	/** VS Code's own server entry: code-server's would not pass on the switch that lets tests run inside. */
	readonly serverMain: string;
	readonly folder: string;
}

/** Where it lies: outside `node_modules`, so that `npm ci` does not throw its 620 MB away. */
export function workbenchFolder(): string {
	return join(cacheFolder(), `workbench-${codeServerVersion}`);
}

/** Installs the workbench once; later calls find it. Throws a sentence that says which step failed. */
export async function ensureWorkbench(): Promise<Workbench> {
	const folder = workbenchFolder();
	if (!existsSync(folder)) {
		await install(folder);
	}
	const workbench = inFolder(folder);
	for (const file of [workbench.node, workbench.serverMain]) {
		if (!existsSync(file)) {
			throw new Error(`The workbench in ${folder} is incomplete (no ${file}). Delete that folder and run this again.`);
		}
	}
	return workbench;
}

function inFolder(folder: string): Workbench {
	return {
		folder,
		node: join(folder, 'node_modules/node/bin/node'),
		serverMain: join(folder, 'node_modules/code-server/lib/vscode/out/server-main.js'),
	};
}

/** Into a staging folder that is renamed at the end: a broken install is never taken for a good one. */
async function install(folder: string): Promise<void> {
	console.log(`installing the test workbench (code-server ${codeServerVersion}, about 620 MB, once) into ${folder} …`);
	const parent = join(folder, '..');
	await mkdir(parent, { recursive: true });
	const staging = await mkdtemp(join(parent, 'staging-'));
	try {
		await writeFile(join(staging, 'package.json'), '{ "private": true }\n');
		const vscode = join(staging, 'node_modules/code-server/lib/vscode');
		// node's own script puts the binary in place; all other scripts compile native modules that tests do not need.
		await npm(staging, ['install', `node@${nodeVersion}`]);
		await npm(staging, ['install', `code-server@${codeServerVersion}`, '--ignore-scripts']);
		await npm(vscode, ['install', '--omit=dev', '--ignore-scripts']);
		await npm(join(vscode, 'extensions'), ['install', '--omit=dev', '--ignore-scripts']);
		// The built-in Copilot is a second source of ghost text, and asks for an account for seconds at every start.
		await rm(join(vscode, 'extensions/copilot'), { recursive: true, force: true });
		const staged = inFolder(staging);
		await runOrThrow(staged.node, [staged.serverMain, '--version'], 'The installed workbench does not start.');
		await rename(staging, folder);
	} catch (error) {
		await rm(staging, { recursive: true, force: true });
		if (!existsSync(folder)) {
			throw error;
		}
		// Another run has finished the same install meanwhile; its folder is as good.
	}
}

async function npm(folder: string, args: readonly string[]): Promise<void> {
	console.log(`  npm ${args.join(' ')}`);
	await runOrThrow(
		'npm',
		[...args, '--no-audit', '--no-fund', '--loglevel=error'],
		'The test workbench could not be installed: npm failed. Is the registry within reach?',
		{ cwd: folder, shell: process.platform === 'win32' },
	);
}
