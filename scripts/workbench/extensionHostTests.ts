import { type Browser } from 'playwright-core';
import { openBrowser, openPage } from './browser';
import { ensureWorkbench } from './install';
import { startServer } from './server';

/** Starts each line that the tests print. */
const mark = 'sotto-test|';

export interface ExtensionHostTests {
	/** Folder of the extension under test, built. */
	readonly extensionFolder: string;
	/** Compiled CommonJS with `exports.run`. */
	readonly testsPath: string;
	/** The folder that is open while they run. */
	readonly workspace: string;
	readonly environment: Readonly<Record<string, string>>;
	/** Machine settings of VS Code. */
	readonly settings: Readonly<Record<string, unknown>>;
	/** For a run that never ends. */
	readonly timeoutMs: number;
	readonly restrictedMode?: boolean;
}

/** Runs `exports.run` in the extension host of the workbench, printing what it prints. Resolves to its exit code. */
export async function runInWorkbench(tests: ExtensionHostTests): Promise<number> {
	const server = await startServer({
		workbench: await ensureWorkbench(),
		testDriver: true,
		settings: tests.settings,
		environment: { ...tests.environment, SOTTO_TEST_MARK: mark },
		restrictedMode: tests.restrictedMode ?? false,
	});
	let browser: Browser | undefined;
	try {
		browser = await openBrowser();
		const page = await openPage(browser);
		await page.exposeFunction('codeAutomationLog', print);
		const ended = new Promise<number>((resolve, reject) => {
			setTimeout(() => {
				reject(new Error(`The tests in the extension host did not end within ${tests.timeoutMs / 1000} s.`));
			}, tests.timeoutMs).unref();
			page.exposeFunction('codeAutomationExit', resolve).catch(reject);
		});
		await page.goto(
			server.link(tests.workspace, [
				['extensionDevelopmentPath', server.uri(tests.extensionFolder)],
				['extensionTestsPath', server.uri(tests.testsPath)],
			]),
		);
		return await ended;
	} finally {
		await browser?.close();
		await server.stop();
	}
}

/** The page hands on everything that is logged in it; only the marked lines are the tests' own. */
function print(_type: string, args: readonly unknown[]): void {
	const lines = args.filter(one => typeof one === 'string').flatMap(one => one.split('\n'));
	for (const line of lines.filter(one => one.startsWith(mark))) {
		console.log(line.slice(mark.length));
	}
}
