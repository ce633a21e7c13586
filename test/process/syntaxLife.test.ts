import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { longestParsed } from '../../src/core/completion/syntaxScope';
import { ParserThread, type ParserThreadOptions } from '../../src/node/syntax/parserThread';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporaryFolder';

const entry = join(import.meta.dirname, '../../dist/syntax.cjs');
const place = {
	...{ uri: 'file:///a.ts', languageId: 'typescript' },
	...{ prefix: 'function f() {\nif (a) {\n', suffix: '\n}\n}\n' },
};
const says = 'b();\n\t}\n\t\tc();';
const inside = 'b();'.length;

describe('the thread that parses', () => {
	const threads: ParserThread[] = [];
	const log: string[] = [];
	beforeEach(() => {
		log.length = 0;
	});
	afterEach(() => {
		for (const thread of threads.splice(0)) {
			thread.dispose();
		}
	});
	after(removeTemporaryFolders);

	function threadOf(options: Partial<ParserThreadOptions> = {}): ParserThread {
		const thread = new ParserThread({ entry, patienceMs: 30_000, onLog: line => void log.push(line), ...options });
		threads.push(thread);
		return thread;
	}

	/** A thread that does this with what it is told. */
	async function threadThat(does: string, options: Partial<ParserThreadOptions> = {}): Promise<ParserThread> {
		const code = `require('node:worker_threads').parentPort.on('message', message => { ${does} });`;
		return threadOf({ entry: join(await temporaryFolder({ 'syntax.cjs': code }), 'syntax.cjs'), ...options });
	}

	const untilLogged = async (lines: number): Promise<void> => {
		while (log.length < lines) {
			await new Promise(resolve => setTimeout(resolve, 5));
		}
	};

	it('is asked about the same document again and again', async () => {
		const thread = threadOf();
		for (let key = 0; key < 50; key++) {
			const prefix = `// ${'x'.repeat(key)}\n${place.prefix}`;
			assert.equal(await thread.open({ ...place, prefix })(says), inside);
		}
	});

	it('answers of what is typed last and of what was opened shortly before, and forgets what is older', async () => {
		const thread = threadOf();
		const asked = Array.from({ length: 6 }, (_, key) =>
			thread.open({ ...place, prefix: `${'\n'.repeat(key)}${place.prefix}` }),
		);
		const ends = await Promise.all(asked.map(endOf => endOf(says)));
		assert.deepEqual(ends, [undefined, undefined, inside, inside, inside, inside]);
	});

	it('answers in several documents at once, each by its own grammar', async () => {
		const thread = threadOf();
		const python = { uri: 'file:///a.py', languageId: 'python', prefix: 'def f():\n    x = [', suffix: '\n    y\n' };
		const asked = [thread.open(place), thread.open(python)] as const;
		const list = '\n        1,\n        ]\n        z = 1';
		assert.deepEqual(await Promise.all([asked[0](says), asked[1](list)]), [inside, list.indexOf(']') + 1]);
	});

	it('parses a document of the largest size, and is asked of none that is larger', async () => {
		const line = 'function g() { return 1; }\n';
		const prefix = line.repeat((longestParsed - 100) / line.length) + place.prefix;
		assert.equal(await threadOf().open({ ...place, prefix })(says), inside);
	});

	it('cannot tell what takes too long or is no code, and goes on with the next', async () => {
		const thread = threadOf();
		const nested = thread.open({ ...place, prefix: 'a<'.repeat(longestParsed / 2), suffix: '' });
		assert.equal(await nested(says), undefined);
		assert.equal(await thread.open(place)(says), inside);
	});

	it('is waited for no longer than its time', async () => {
		const thread = await threadThat('', { patienceMs: 1 });
		assert.equal(await thread.open(place)(says), undefined);
		assert.deepEqual(log, []);
	});

	it('is started again when it dies, and stays off when it dies again and again', async () => {
		const thread = await threadThat('process.exit(7)');
		for (const lines of [1, 2, 3]) {
			assert.equal(await thread.open(place)(says), undefined);
			await untilLogged(lines);
		}
		assert.match(log[0] ?? '', /exit code 7.*is started again when it is needed/);
		assert.match(log[2] ?? '', /stays off/);
		assert.equal(await thread.open(place)(says), undefined);
		assert.equal(log.length, 3);
	});

	it('is started again when it hangs', async () => {
		const thread = await threadThat('for (;;) {}', { patienceMs: 1, hungMs: 20 });
		assert.equal(await thread.open(place)(says), undefined);
		await new Promise(resolve => setTimeout(resolve, 50));
		assert.equal(await thread.open(place)(says), undefined);
		await untilLogged(1);
		assert.match(log.join('\n'), /^the parser ended \(it does not answer\) and is started again/);
	});

	it('is not taken for hung where it was this process that stood still', async () => {
		const thread = threadOf({ hungMs: 100 });
		await thread.open(place)(says);
		const answer = thread.open(place)(says);
		for (const end = performance.now() + 300; performance.now() < end;);
		const next = thread.open(place)(says);
		assert.deepEqual([await answer, await next], [inside, inside]);
		await new Promise(resolve => setTimeout(resolve, 200));
		assert.deepEqual(log, []);
	});

	it('ends where the grammars are not there', async () => {
		const alone = await temporaryFolder({ 'syntax.cjs': await readFile(entry, 'utf8') });
		const thread = threadOf({ entry: join(alone, 'syntax.cjs') });
		assert.equal(await thread.open(place)(says), undefined);
		assert.match(log.join('\n'), /^the parser ended \(.*tree-sitter\.wasm/);
	});

	it('is not started for a language without a grammar, nor after its end', async () => {
		const thread = threadOf({ entry: '/nowhere/syntax.cjs' });
		assert.equal(await thread.open({ ...place, languageId: 'plaintext' })(says), undefined);
		thread.dispose();
		assert.equal(await thread.open(place)(says), undefined);
		assert.deepEqual(log, []);
	});

	it('is told of in the log where it cannot be started at all', async () => {
		const thread = threadOf({ entry: 'package.json' }); // exists, and a thread wants an absolute path
		assert.equal(await thread.open(place)(says), undefined);
		assert.match(log.join('\n'), /^the parser ended \(.*absolute/);
	});

	it('is nothing to complain of where there is none, as in a VSIX without an engine', async () => {
		const thread = threadOf({ entry: '/nowhere/syntax.cjs' });
		assert.equal(await thread.open(place)(says), undefined);
		assert.deepEqual(log, []);
	});
});
