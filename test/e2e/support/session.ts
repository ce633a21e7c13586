import { type Browser } from 'playwright-core';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser, openPage } from '../../../scripts/workbench/browser';
import { EditorPage } from '../../../scripts/workbench/editorPage';
import { ensureWorkbench } from '../../../scripts/workbench/install';
import { startServer, type WorkbenchServer } from '../../../scripts/workbench/server';
import { nanoModel } from '../../support/gguf';

const root = join(import.meta.dirname, '../../..');

export interface SessionOptions {
	/** Machine settings of VS Code. */
	readonly settings?: Readonly<Record<string, unknown>>;
	/** The workspace's own settings, in `.vscode/settings.json`. */
	readonly workspaceSettings?: Readonly<Record<string, unknown>>;
	/** More files of the workspace: path → text. */
	readonly files?: Readonly<Record<string, string>>;
	/** The name of the file in front at the start. */
	readonly open: string;
	readonly restrictedMode?: boolean;
	readonly environment?: Readonly<Record<string, string>>;
	/** Leave `sotto.model.path` empty, as a new user has it. Else it names sotto-nano, which is small and whose answers the tests know. */
	readonly bundledModel?: boolean;
}

/** VS Code with the VSIX installed, a copy of the sample workspace open, and someone in front of it. */
export interface Session {
	readonly server: WorkbenchServer;
	readonly editor: EditorPage;
	readonly workspace: string;
}

/**
 * A mocha suite with a VS Code of its own. `session()` is for the tests and hooks inside, not for the suite's own body.
 * A screenshot of each failed test goes to `test-results/`.
 */
export function describeInVscode(
	title: string,
	options: SessionOptions,
	suite: (session: () => Session) => void,
): void {
	describe(title, () => {
		let running: { session: Session; browser: Browser } | undefined;
		const session = (): Session => {
			if (running === undefined) {
				throw new Error('VS Code is not running yet: ask for the session inside a test.');
			}
			return running.session;
		};

		before(async () => {
			running = await start(options);
		});
		afterEach(async function () {
			if (this.currentTest?.isFailed() === true && running !== undefined) {
				await keepScreenshot(running.session, this.currentTest.fullTitle());
			}
		});
		suite(session);
		after(async () => {
			await running?.browser.close();
			await running?.session.server.stop();
			if (running !== undefined) {
				await rm(join(running.session.workspace, '..'), { recursive: true, force: true });
			}
		});
	});
}

async function start(options: SessionOptions): Promise<{ session: Session; browser: Browser }> {
	const workspace = await copyWorkspace(options);
	const server = await startServer({
		workbench: await ensureWorkbench(),
		extensionsFolder: installedExtensions(),
		settings: { ...(options.bundledModel === true ? {} : { 'sotto.model.path': nanoModel }), ...options.settings },
		restrictedMode: options.restrictedMode ?? false,
		environment: options.environment ?? {},
	});
	const browser = await openBrowser();
	const session = { server, workspace, editor: new EditorPage(await openPage(browser), server) };
	try {
		await session.editor.open(workspace, options.open);
		await session.editor.waitForStatus(/Sotto/);
		return { session, browser };
	} catch (error) {
		await keepScreenshot(session, `opening ${options.open}`);
		await browser.close();
		await server.stop();
		throw error;
	}
}

/** Where `scripts/testE2e.ts` has installed the VSIX: once, since every suite only reads it. */
function installedExtensions(): string {
	const folder = process.env['SOTTO_E2E_EXTENSIONS'];
	if (folder === undefined) {
		throw new Error('These suites need the installed VSIX: run them by `npm run test:e2e`.');
	}
	return folder;
}

async function copyWorkspace(options: SessionOptions): Promise<string> {
	const workspace = join(await mkdtemp(join(tmpdir(), 'sotto-e2e-')), 'sample');
	await cp(join(root, 'test/fixtures/workspace'), workspace, { recursive: true });
	const files = Object.entries(options.files ?? {});
	if (options.workspaceSettings !== undefined) {
		files.push(['.vscode/settings.json', JSON.stringify(options.workspaceSettings)]);
	}
	for (const [path, text] of files) {
		await mkdir(join(workspace, path, '..'), { recursive: true });
		await writeFile(join(workspace, path), text);
	}
	return workspace;
}

async function keepScreenshot({ editor }: Session, title: string): Promise<void> {
	const folder = join(root, 'test-results');
	await mkdir(folder, { recursive: true });
	await editor.page.screenshot({ path: join(folder, `${title.replaceAll(/[^\w]+/g, '-').slice(0, 120)}.png`) });
}
