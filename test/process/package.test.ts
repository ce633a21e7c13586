import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { engineClosure } from '../../scripts/package/engineClosure';
import { packageVsix } from '../../scripts/package';
import { hostTarget, parseTarget, targets } from '../../scripts/package/targets';
import { bundledModel } from '../../src/core/models/bundledModel';
import { startEngineProcess } from '../../src/node/engine/engineProcess';
import { grammarFile, grammarNames } from '../../src/node/syntax/grammars';
import { ParserThread } from '../../src/node/syntax/parserThread';
import type { CompletionParams } from '../../src/protocol/engineContract';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporaryFolder';
import { unzip } from '../support/unzip';

/** Bytes: what people download. The VSIX's real size is printed by `npm run package`. */
const budget = 130_000_000;

const loadedLibrary = /\S+\/(?:llama-addon\.node|lib(?:llama|ggml)\S*\.so)$/gm;

describe('VSIX of this platform', function () {
	this.timeout(180_000);

	const target = hostTarget();
	let bytes = 0;
	let names: readonly string[] = [];
	let extension = '';
	/** Files of the extension by their path in it. vsce renames README.md, CHANGELOG.md and LICENSE. */
	let files: readonly string[] = [];

	before(async () => {
		const folder = await temporaryFolder();
		const vsix = await packageVsix({ target, out: join(folder, 'sotto.vsix') });
		bytes = vsix.bytes;
		assert.equal(bytes, statSync(vsix.file).size);
		names = await unzip(vsix.file, join(folder, 'unzipped'));
		extension = join(folder, 'unzipped/extension');
		files = names.filter(name => name.startsWith('extension/')).map(name => name.slice('extension/'.length));
	});
	after(removeTemporaryFolders);

	const list = (pattern: RegExp): readonly string[] => files.filter(file => pattern.test(file));

	it('keeps to the budget of 130 MB', () => {
		assert.ok(bytes <= budget, `${bytes} bytes`);
	});

	it('says which platform it is for', () => {
		const vsixmanifest = readFileSync(join(extension, '../extension.vsixmanifest'), 'utf8');
		assert.match(vsixmanifest, new RegExp(`TargetPlatform="${target}"`));
	});

	it('has the extension, the engine, one model, the notices and the papers', () => {
		const needed = [
			'package.json',
			'readme.md',
			'changelog.md',
			'LICENSE.txt',
			'THIRD-PARTY-NOTICES.txt',
			'media/icon.png',
			'dist/extension.cjs',
			'dist/engine.mjs',
			'dist/syntax.cjs',
			'dist/grammars/tree-sitter.wasm',
			...grammarNames.map(name => `dist/grammars/${grammarFile(name)}`),
			'dist/webview/explain.js',
			'dist/node_modules/node-llama-cpp/dist/index.js',
			'models/smollm2-135m/README.md',
			'models/smollm2-135m/LICENSE',
			'models/smollm2-135m/NOTICE',
			bundledModel,
		];
		assert.deepEqual(
			needed.filter(file => !files.includes(file)),
			[],
		);
		assert.equal(list(/\.gguf$/).length, 1);
		assert.equal(list(/\.wasm$/).length, 1 + grammarNames.length);
		assert.ok(list(/^media\/walkthrough\//).length >= 5);
	});

	it('has nothing but that: no sources, tests, maps, types, training, secrets, command line', () => {
		const mine =
			/^(?:package\.json|readme\.md|changelog\.md|LICENSE\.txt|THIRD-PARTY-NOTICES\.txt|media\/(?:icon\.png|walkthrough\/\w+\.(?:svg|md))|models\/smollm2-135m\/(?:[\w.-]+\.gguf|README\.md|LICENSE|NOTICE)|dist\/(?:(?:extension|syntax)\.cjs|engine\.mjs|grammars\/tree-sitter(?:-\w+)?\.wasm|webview\/\w+\.(?:js|css)|node_modules\/.+))$/;
		assert.deepEqual(
			files.filter(file => !mine.test(file)),
			[],
		);
		assert.deepEqual(list(/\.(?:ts|map|vsix|bundle|cmake|cpp|h|py)$|(?:^|\/)\.|(?:^|\/)(?:test|tests|training)\//), []);
		assert.deepEqual(list(/gitRelease\.bundle|dist\/(?:cli\.mjs|meta\.json)/), []);
	});

	it('has native code of this platform only', () => {
		const own = `dist/node_modules/${targets[parseTarget(target)] ?? ''}/`;
		const native = list(/\.(?:node|so|dll|dylib|exe|a|lib|metal)$/);
		assert.ok(native.some(file => file.endsWith('llama-addon.node')));
		assert.deepEqual(
			native.filter(file => !file.startsWith(own)),
			[],
		);
		assert.equal(new Set(list(/@node-llama-cpp\//).map(file => file.split('/')[3])).size, 1);
	});

	it('has every file that importing the engine reaches from there, and no package besides', async () => {
		const dist = join(extension, 'dist');
		const closure = await engineClosure(dist);
		const reached = closure.flatMap(({ folder, files: some }) => some.map(file => `dist/${folder}/${file}`));
		const shipped = list(/^dist\/node_modules\//).filter(file => !file.includes('/@node-llama-cpp/'));
		assert.deepEqual([...shipped].sort(), reached.sort());
	});

	it('gives notice of every package in it', () => {
		const notices = readFileSync(join(extension, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
		const bundled = ['vscode-jsonrpc', 'zod', '@vscode/tree-sitter-wasm'];
		const shipped = list(/^dist\/node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+\/package\.json$/).map(
			file => /node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(file)?.[1] ?? '',
		);
		assert.ok(shipped.length > 50, `${shipped.length} packages`);
		assert.deepEqual(
			[...bundled, ...shipped].filter(name => !notices.includes(`\n${name} `)),
			[],
		);
	});

	it('starts its parser, which tells where a scope ends', async () => {
		const output: string[] = [];
		const entry = join(extension, 'dist/syntax.cjs');
		const parser = new ParserThread({ entry, patienceMs: 60_000, onLog: message => output.push(message) });
		const block = { uri: 'a.ts', languageId: 'typescript', prefix: 'if (a) {\n', suffix: '\n}\n' };
		const end = await parser.open(block)('b();\n\t}\n\t\tc();');
		parser.dispose();
		assert.deepEqual([end, output], ['b();'.length, []]);
	});

	it('starts its engine, loads its model and completes a line, all from where it was unpacked', async () => {
		const output: string[] = [];
		const engine = startEngineProcess(join(extension, 'dist/engine.mjs'), text => output.push(text));
		try {
			const signal = AbortSignal.timeout(60_000);
			const path = join(extension, bundledModel);
			const model = await engine.client.call('model/load', { role: 'complete', path, threads: 1 }, signal);
			assert.ok(model.canComplete, output.join('\n'));
			const completion = await engine.client.call('completion/run', line, signal);
			assert.ok(completion.generatedTokens > 0 && completion.text.trim() !== '', JSON.stringify(completion));
			assert.deepEqual(librariesElsewhere(engine.pid, extension), []);
		} finally {
			await engine.stop();
		}
	});
});

/** A line that even a very small model has something to say about: what stands above is repeated. */
const line: CompletionParams = {
	requestId: 1,
	path: 'count.ts',
	languageId: 'typescript',
	prefix: 'for (let i = 0; i < 10; i++) {\n\tconsole.log(i);\n}\nfor (let i = 0; i < 10; i++) {\n\tconsole',
	suffix: '\n}\n',
	pieces: [],
	extent: 'line',
	maxTokens: 16,
	probabilityFloor: 0,
};

/** Native libraries of the engine that `pid` has mapped from outside `folder`. Only Linux tells. */
function librariesElsewhere(pid: number | undefined, folder: string): readonly string[] {
	if (process.platform !== 'linux') {
		return [];
	}
	const mapped = readFileSync(`/proc/${pid ?? 'self'}/maps`, 'utf8').match(loadedLibrary) ?? [];
	assert.ok(mapped.length > 0, 'the engine has loaded its library');
	return mapped.filter(library => relative(folder, library).startsWith('..'));
}
