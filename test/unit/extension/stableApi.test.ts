import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { stockVscode } from '../../support/stockVscode';

const entry = join(import.meta.dirname, '../../../src/extension/extension.ts');
const nodeRequire = createRequire(import.meta.url);

interface Exports {
	readonly activate: (context: object) => void;
}

/** The extension as it ships, in plain Node, with `vscode` replaced. */
async function loadExtension(vscode: object): Promise<Exports> {
	const { outputFiles } = await build({
		entryPoints: [entry],
		bundle: true,
		write: false,
		format: 'cjs',
		platform: 'node',
		external: ['vscode'],
		logLevel: 'error',
	});
	const code = outputFiles[0]?.text ?? '';
	const module = { exports: {} };
	// eslint-disable-next-line @typescript-eslint/no-implied-eval -- this is how a CommonJS module is loaded
	const run = new Function('module', 'exports', 'require', code) as (...args: readonly unknown[]) => void;
	run(module, module.exports, (id: string) => (id === 'vscode' ? vscode : (nodeRequire(id) as unknown)));
	return module.exports as Exports;
}

describe('the extension in a stock VS Code', () => {
	it('registers one inline completion provider, with stable API only', async () => {
		const stock = stockVscode();
		const { activate } = await loadExtension(stock.module);
		activate({ subscriptions: [], extensionUri: {}, globalState: { get: () => undefined } });
		assert.equal(stock.providers.length, 1);
		assert.ok('provideInlineCompletionItems' in (stock.providers[0] ?? {}));
	});

	it('would notice proposed members and a third argument', () => {
		const { register } = stockVscode();
		const proposing = { ['handleDidShow' + 'CompletionItem']: () => undefined };
		assert.throws(() => register([], proposing), /CANNOT use API proposal/);
		assert.throws(() => register([], {}, {}), /CANNOT use API proposal/);
	});
});
