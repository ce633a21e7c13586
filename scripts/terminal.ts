import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ModelError } from './models/modelError';
import { ensureBundledModel } from './models/shippedModel';
import { runOrThrow } from './workbench/run';

const root = join(import.meta.dirname, '..');

/** `npm run complete` and its siblings: builds Sotto, gets the bundled model unless another is named, and runs the command line. */
async function main(args: readonly string[]): Promise<number> {
	await runOrThrow(process.execPath, ['esbuild.mjs', '--silent'], 'Sotto does not build.', { cwd: root });
	if (needsBundledModel(args)) {
		await ensureBundledModel(root);
	}
	const child = spawn(process.execPath, [join(root, 'dist/cli.mjs'), ...args], { stdio: 'inherit' });
	// The command line ends by itself at Ctrl+C and keeps what is done.
	process.on('SIGINT', () => undefined);
	return new Promise(resolve => {
		child.once('close', code => {
			resolve(code ?? 1);
		});
	});
}

function needsBundledModel(args: readonly string[]): boolean {
	return !args.some(argument => /^--(?:model(?:=|$)|help$)/.test(argument));
}

try {
	process.exitCode = await main(process.argv.slice(2));
} catch (error) {
	if (!(error instanceof ModelError)) {
		throw error;
	}
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
}
