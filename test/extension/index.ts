import Mocha from 'mocha';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';

/**
 * The entry that VS Code calls inside its extension host: `extensionTestsPath` of both runners, the workbench of
 * `scripts/testExtension.ts` and `@vscode/test-electron`. Compiled to CommonJS beside its suites.
 */
export async function run(): Promise<void> {
	// The console of an extension host is full of VS Code's own lines; the mark lets the runner tell ours.
	const mark = process.env['SOTTO_TEST_MARK'] ?? '';
	Mocha.reporters.Base.consoleLog = (...words: unknown[]) => {
		console.log(mark + format(...words).replaceAll('\n', `\n${mark}`));
	};
	const mocha = new Mocha({ ui: 'bdd', timeout: 180_000, color: false, grep: process.env['SOTTO_TEST_GREP'] ?? '' });
	const suites = join(__dirname, 'suites');
	for (const file of readdirSync(suites).filter(name => name.endsWith('.test.cjs'))) {
		mocha.addFile(join(suites, file));
	}
	const { passed, failed } = await new Promise<{ passed: number; failed: number }>(resolve => {
		const runner = mocha.run(failures => {
			resolve({ passed: runner.stats?.passes ?? 0, failed: failures });
		});
	});
	const resultFile = process.env['SOTTO_TEST_RESULT'];
	if (resultFile !== undefined) {
		writeFileSync(resultFile, JSON.stringify({ passed, failed }));
	}
	if (failed > 0) {
		throw new Error(`${failed} of ${passed + failed} tests in the extension host failed.`);
	}
}
