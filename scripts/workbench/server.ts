import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Workbench } from './install';
import { lastLines, runOrThrow } from './run';

/** Quiet surroundings: nothing but Sotto proposes text, and nothing covers the editor. */
const quietSettings = {
	'chat.disableAIFeatures': true,
	'workbench.startupEditor': 'none',
	'workbench.tips.enabled': false,
	'workbench.secondarySideBar.defaultVisibility': 'hidden',
	'workbench.colorTheme': 'Default Dark Modern',
	'editor.fontFamily': 'DejaVu Sans Mono',
	'window.commandCenter': false,
	'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
	'editor.suggestOnTriggerCharacters': false,
	'editor.wordBasedSuggestions': 'off',
	'editor.minimap.enabled': false,
	'extensions.ignoreRecommendations': true,
	'extensions.autoCheckUpdates': false,
	'extensions.autoUpdate': false,
	'telemetry.telemetryLevel': 'off',
	'update.mode': 'none',
	'git.enabled': false,
	// In a browser it is on unless turned off; then what was typed may be saved before somebody saves.
	'files.autoSave': 'off',
	'security.workspace.trust.startupPrompt': 'never',
	'typescript.disableAutomaticTypeAcquisition': true,
};

export interface ServerOptions {
	readonly workbench: Workbench;
	/** Where installed extensions lie. Its own empty folder when not given. */
	readonly extensionsFolder?: string;
	/** Machine settings, over the quiet ones. */
	readonly settings?: Readonly<Record<string, unknown>>;
	/** Leave out to have every workspace trusted. */
	readonly restrictedMode?: boolean;
	/**
	 * Lets the page's link carry a payload, which is how a test suite gets into the extension host. VS Code shows no
	 * notification then, so it stays off where someone uses the workbench.
	 */
	readonly testDriver?: boolean;
	/** Given to the server, and so to the extension host, over this process' own. */
	readonly environment?: Readonly<Record<string, string>>;
}

/** A running workbench with a data folder of its own. Whoever starts it stops it. */
export interface WorkbenchServer {
	readonly port: number;
	readonly pid: number;
	readonly dataFolder: string;
	/** The page that opens this folder; `payload` needs the `testDriver`. */
	link(folder: string, payload?: readonly (readonly [string, string])[]): string;
	/** How VS Code names a file on the disk of the server. */
	uri(path: string): string;
	/** Replaces the machine settings; the workbench notices by itself. */
	configure(settings: Readonly<Record<string, unknown>>): Promise<void>;
	/** The server's output so far. */
	output(): string;
	stop(): Promise<void>;
}

export async function startServer(options: ServerOptions): Promise<WorkbenchServer> {
	const { workbench } = options;
	const dataFolder = await mkdtemp(join(tmpdir(), 'sotto-workbench-'));
	await writeSettings(dataFolder, options.settings ?? {});
	const port = await freePort();
	const child = spawn(workbench.node, serverArguments(options, port, dataFolder), {
		// A group of its own, so that stopping it also ends the extension hosts and what they have started.
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, ...options.environment },
	});
	let printed = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => {
			printed = (printed + chunk.toString('utf8')).slice(-200_000);
		});
	}
	const killAtExit = (): void => {
		signalGroup(child, 'SIGKILL');
	};
	process.once('exit', killAtExit);
	const stop = async (): Promise<void> => {
		await stopGroup(child);
		process.off('exit', killAtExit);
		await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		await untilAnswering(child, port, () => printed);
	} catch (error) {
		await stop();
		throw error;
	}
	const origin = `127.0.0.1:${port}`;
	const uri = (path: string): string => `vscode-remote://${origin}${encodeURI(path)}`;
	return {
		port,
		pid: child.pid ?? 0,
		dataFolder,
		uri,
		link: (folder, payload = []) =>
			`http://${origin}/?folder=${encodeURIComponent(folder)}` +
			(payload.length > 0 ? `&payload=${encodeURIComponent(JSON.stringify(payload))}` : ''),
		configure: settings => writeSettings(dataFolder, settings),
		output: () => printed,
		stop,
	};
}

/** Installs a VSIX into a folder of extensions, as `code --install-extension` does. */
export async function installExtension(workbench: Workbench, vsix: string, extensionsFolder: string): Promise<void> {
	const dataFolder = await mkdtemp(join(tmpdir(), 'sotto-workbench-install-'));
	const output = await runOrThrow(
		workbench.node,
		[
			workbench.serverMain,
			...['--server-data-dir', dataFolder, '--extensions-dir', extensionsFolder],
			...['--accept-server-license-terms', '--install-extension', vsix],
		],
		`VS Code did not install ${vsix}.`,
	).finally(() => rm(dataFolder, { recursive: true, force: true }));
	// The server ends with 0 even when it refuses a package.
	if (!output.includes('successfully installed')) {
		throw new Error(`VS Code did not install ${vsix}.\n${lastLines(output, 15)}`);
	}
}

function serverArguments(options: ServerOptions, port: number, dataFolder: string): readonly string[] {
	const extensions = options.extensionsFolder ?? join(dataFolder, 'extensions');
	return [
		options.workbench.serverMain,
		...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
		...['--accept-server-license-terms', '--disable-telemetry'],
		...['--server-data-dir', dataFolder, '--extensions-dir', extensions],
		...(options.testDriver === true ? ['--enable-smoke-test-driver'] : []),
		...(options.restrictedMode === true ? [] : ['--disable-workspace-trust']),
	];
}

async function writeSettings(dataFolder: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
	const folder = join(dataFolder, 'data/Machine');
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, undefined, '\t'));
}

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const address = probe.address();
			probe.close(() => {
				if (address !== null && typeof address === 'object') {
					resolve(address.port);
				} else {
					reject(new Error('The system gave no free port.'));
				}
			});
		});
	});
}

async function untilAnswering(child: ChildProcess, port: number, printed: () => string): Promise<void> {
	const deadline = Date.now() + 60_000;
	while (Date.now() < deadline && child.exitCode === null) {
		try {
			const answer = await fetch(`http://127.0.0.1:${port}/version`);
			if (answer.ok) {
				return;
			}
		} catch {
			// Not listening yet.
		}
		await sleep(100);
	}
	throw new Error(`The workbench did not start on port ${port}.\n${lastLines(printed(), 15)}`);
}

async function stopGroup(child: ChildProcess): Promise<void> {
	const closed = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve();
	signalGroup(child, 'SIGTERM');
	const deadline = Date.now() + 3_000;
	while (groupIsAlive(child) && Date.now() < deadline) {
		await sleep(50);
	}
	signalGroup(child, 'SIGKILL');
	await closed;
}

function groupIsAlive(child: ChildProcess): boolean {
	return signalGroup(child, 0);
}

/** False when nothing of the group is left. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
	if (child.pid === undefined) {
		return false;
	}
	try {
		process.kill(-child.pid, signal);
		return true;
	} catch {
		return false;
	}
}
