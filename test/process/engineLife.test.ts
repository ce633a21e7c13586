import assert from 'node:assert/strict';
import { fork, spawn, type StdioOptions } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { nanoModel } from '../support/gguf';
import { engineEntry, EngineRig } from './engineRig';

/** Starts the engine, keeps it completing without a pause, and tells its process id once it does. */
const busyHost = `
	import { fork } from 'node:child_process';
	const [entry, model] = process.argv.slice(1);
	const engine = fork(entry, [], { execArgv: [], serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
	const ask = (id, method, params) => engine.send({ jsonrpc: '2.0', id, method, params });
	let id = 1;
	engine.on('message', message => {
		if (message.id === undefined) return;
		if (id === 3) console.log(engine.pid);
		ask(++id, 'completion/run', { requestId: id, path: 'a.ts', languageId: 'typescript',
			prefix: ('let a' + id + ' = ' + id + ';\\n').repeat(200), suffix: '', pieces: [], extent: 'block',
			maxTokens: 100, probabilityFloor: 0 });
	});
	ask(1, 'model/load', { role: 'complete', path: model, threads: 1 });
`;

/** Fails once the engine is ready to hear of it. */
const throwLater = encodeURIComponent(`
	const timer = setInterval(() => {
		if (process.listenerCount('uncaughtException') > 0) {
			clearInterval(timer);
			throw new Error('unforeseen');
		}
	}, 20);
`);

const silent: StdioOptions = ['ignore', 'ignore', 'ignore', 'ipc'];

function isAlive(pid: number): boolean {
	try {
		// A zombie has ended: in a container without an init process nobody collects it.
		process.kill(pid, 0);
		return !/^State:\s*Z/m.test(statusOf(pid));
	} catch {
		return false;
	}
}

function statusOf(pid: number): string {
	return process.platform === 'linux' ? readFileSync(`/proc/${pid}/status`, 'utf8') : '';
}

async function until(condition: () => boolean): Promise<void> {
	while (!condition()) {
		await new Promise(resolve => setTimeout(resolve, 20));
	}
}

describe('the life of the built engine', () => {
	it('dies with its host, even at work', async () => {
		const host = spawn(process.execPath, ['--input-type=module', '-e', busyHost, engineEntry, nanoModel]);
		const pid = await new Promise<number>(resolve => {
			host.stdout.once('data', (data: Buffer) => {
				resolve(Number(data.toString()));
			});
		});
		assert.ok(isAlive(pid));
		host.kill('SIGKILL');
		await until(() => !isAlive(pid));
	});

	it('ends by itself, and well, when the channel closes', async () => {
		const engine = fork(engineEntry, [], { serialization: 'advanced', stdio: silent });
		const ended = new Promise<unknown>(resolve => {
			engine.once('exit', (code, signal) => {
				resolve(code ?? signal);
			});
		});
		await new Promise(resolve => engine.once('spawn', resolve));
		engine.disconnect();
		assert.equal(await ended, 0);
	});

	it('ends by itself when it is stopped while it completes', async () => {
		const rig = await EngineRig.ready();
		const running = assert.rejects(rig.complete({ prefix: 'a = 1;\n'.repeat(500), extent: 'block', maxTokens: 200 }), {
			code: 'engine-exited',
		});
		await rig.stop();
		await running;
		assert.equal(await rig.ended, 'exit code 0');
	});

	it('says why it ends when it fails, and ends with an error', async () => {
		const broken = fork(engineEntry, [], {
			serialization: 'advanced',
			stdio: silent,
			execArgv: ['--import', `data:text/javascript,${throwLater}`],
		});
		const said: string[] = [];
		broken.on('message', message => said.push(JSON.stringify(message)));
		const code = await new Promise(resolve => broken.once('exit', resolve));
		assert.equal(code, 1);
		assert.match(said.join('\n'), /"log".*unforeseen/);
	});

	it('writes nothing to standard output while it works', async () => {
		const rig = await EngineRig.ready();
		await rig.complete({ prefix: 'const a = ' });
		await rig.stop();
		assert.deepEqual(rig.output, []);
	});

	it('has no socket of the network open', async function () {
		if (process.platform !== 'linux') {
			this.skip();
		}
		const rig = await EngineRig.ready();
		await rig.complete({ prefix: 'const a = ' });
		const open = socketsOf(rig.pid);
		const tables = ['tcp', 'tcp6', 'udp', 'udp6', 'raw'].map(name =>
			readFileSync(`/proc/${rig.pid}/net/${name}`, 'utf8'),
		);
		await rig.stop();
		assert.ok(open.length > 0, 'the channel to the host is a socket, too');
		assert.deepEqual(
			open.filter(inode => tables.some(table => table.split(/\s+/).includes(inode))),
			[],
		);
	});
});

/** Inodes of the sockets that a process has open. */
function socketsOf(pid: number): string[] {
	const folder = `/proc/${pid}/fd`;
	return readdirSync(folder).flatMap(name => {
		try {
			return /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${name}`))?.[1] ?? [];
		} catch {
			// Closed since the folder was read.
			return [];
		}
	});
}
