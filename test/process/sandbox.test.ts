import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isolations, type Isolation } from '../../src/node/evaluation/sandbox/isolation';
import { Sandbox } from '../../src/node/evaluation/sandbox/sandbox';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporaryFolder';

/** Long enough for a busy machine to start Python. */
const limits = { wallMs: 20_000, cpuSeconds: 5 };

/** The first of each kind that works here: with namespaces, as another user, in Python alone. */
async function kinds(): Promise<readonly { readonly isolation: Isolation; readonly sandbox: Sandbox }[]> {
	const all = [...(await isolations(process.getuid?.() === 0)), ...(await isolations(false)).toReversed()];
	const found: { isolation: Isolation; sandbox: Sandbox }[] = [];
	for (const isolation of all) {
		const isKnown = found.some(({ isolation: { description } }) => description === isolation.description);
		const sandbox = isKnown ? undefined : await Sandbox.find(limits, [isolation]);
		if (sandbox !== undefined) {
			found.push({ isolation, sandbox });
		}
	}
	return found;
}

const found = process.platform === 'win32' ? [] : await kinds();

describe('the sandbox of a fill', function () {
	this.timeout(60_000);
	after(removeTemporaryFolders);

	it('is found where there is Python', () => {
		assert.ok(process.platform === 'win32' || found.length > 0);
	});

	for (const { isolation, sandbox } of found) {
		describe(isolation.description, () => {
			const outcome = async (source: string): Promise<string> => (await sandbox.run(source)).outcome;

			it('passes a program that ends without an error', async () => {
				assert.deepEqual(await sandbox.run('def f(a):\n    return a + "é"\n\nassert f("b") == "bé"\n'), {
					outcome: 'passed',
				});
			});

			for (const [what, source, error] of [
				['a wrong answer', 'assert 1 + 1 == 3', 'AssertionError'],
				['text that is no Python', 'def f(:', 'SyntaxError'],
				['a program that wants input', 'input()', 'EOFError'],
				['one that ends itself well: sys.exit(0)', 'import sys\nsys.exit(0)', 'SystemExit'],
				['a memory hog', 'hog = [0] * 10**9', 'MemoryError'],
				['endless recursion', 'def f(): return f()\nf()', 'RecursionError'],
				['a fork bomb', 'import os\nwhile True: os.fork()', 'PermissionError'],
				['another program', 'import subprocess\nsubprocess.run(["/bin/true"])', 'PermissionError'],
				['a socket', 'import socket\nsocket.socket()', 'PermissionError'],
				['a native library', 'import ctypes\nctypes.CDLL(None)', 'PermissionError'],
				['a signal to others', 'import os\nos.kill(-1, 9)', 'PermissionError'],
			] as const) {
				it(`fails ${what}`, async () => {
					assert.deepEqual(await sandbox.run(source), { outcome: 'failed', error });
				});
			}

			// Root may raise its limits.
			if (isolation.user !== undefined || process.getuid?.() !== 0) {
				it('does not let a program raise its limits again', async () => {
					const source = 'import resource\nresource.setrlimit(resource.RLIMIT_CPU, (99, 99))';
					assert.deepEqual(await sandbox.run(source), { outcome: 'failed', error: 'ValueError' });
				});
			}

			it('fails one that ends itself well at once: os._exit(0)', async () => {
				assert.deepEqual(await sandbox.run('import os\nos._exit(0)'), { outcome: 'failed' });
			});

			it('fails one that says that it passed', async () => {
				assert.equal(await outcome('import os\nos.write(3, b"passed")\nos._exit(0)'), 'failed');
			});

			it('ends one that does not end, by its processor time or by the clock', async () => {
				const busy = await Sandbox.find({ wallMs: 50_000, cpuSeconds: 1 }, [isolation]);
				assert.equal((await busy?.run('while True: pass'))?.outcome, 'failed');
				const idle = await Sandbox.find({ wallMs: 3_000 }, [isolation]);
				assert.equal((await idle?.run('import time\ntime.sleep(60)'))?.outcome, 'timeout');
			});

			it('holds a program to its working folder, which is gone afterwards', async () => {
				const folder = await temporaryFolder({ 'mine.txt': 'mine' });
				const mine = join(folder, 'mine.txt');
				assert.equal(await outcome('open("a", "w").write("b")\nassert open("a").read() == "b"'), 'passed');
				for (const source of [
					`open(${JSON.stringify(mine)}, "w")`,
					`open(${JSON.stringify(mine)}, "r+")`,
					`import os\nos.remove(${JSON.stringify(mine)})`,
					`import os\nos.rename(${JSON.stringify(mine)}, "taken")`,
					`import os\nos.symlink(${JSON.stringify(folder)}, "way")\nopen("way/mine.txt", "w")`,
					'open("../outside", "w")',
				]) {
					assert.equal(await outcome(source), 'failed', source);
				}
				assert.equal(await readFile(mine, 'utf8'), 'mine');
				assert.ok(!existsSync(join(tmpdir(), 'outside')));
				const left = (await readdir(tmpdir())).filter(name => name.startsWith('sotto-fill-'));
				assert.deepEqual(left, []);
			});

			it('gives a program no environment', async () => {
				assert.equal(await outcome('import os\nassert set(os.environ) <= {"LC_CTYPE"}'), 'passed');
			});

			it('cannot be filled up: files are bounded', async () => {
				assert.equal(await outcome('open("a", "wb").write(b"x" * 2_000_000)'), 'failed');
			});

			if (isolation.user !== undefined) {
				it('bounds processes and threads, of a user who owns nothing', async () => {
					const start = 'threading.Thread(target=time.sleep, args=(1,), daemon=True).start()';
					const count = `try:\n    for _ in range(100):\n        ${start}\n        n += 1\nexcept RuntimeError:\n    pass`;
					const source = `import os, threading, time\nassert os.getuid() != 0\nn = 0\n${count}\nassert n < 64\n`;
					assert.equal(await outcome(source), 'passed');
				});
			}
		});
	}

	it('is none where nothing can be started', async () => {
		const nowhere: Isolation = { command: ['/nowhere/python3'], description: '' };
		assert.equal(await Sandbox.find(limits, [nowhere]), undefined);
		assert.equal(await Sandbox.find(limits, []), undefined);
	});

	it('is chosen from what the search path has', async () => {
		assert.deepEqual(await isolations(true, '/nowhere:relative'), []);
	});
});
