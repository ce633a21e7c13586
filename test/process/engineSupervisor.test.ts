import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { CompletionQuery } from '../../src/core/completion/completionEngine';
import { EngineError } from '../../src/core/engine/engineError';
import type { EngineState } from '../../src/core/engine/engineState';
import { EngineHost } from '../../src/node/engine/engineHost';
import { startEngineProcess, type EngineProcess } from '../../src/node/engine/engineProcess';
import { EngineSupervisor } from '../../src/node/engine/engineSupervisor';
import type { Params } from '../../src/protocol/engineContract';

const entry = join(import.meta.dirname, '../support/fakeEngine.mjs');
const never = new AbortController().signal;

function query(prefix: string): CompletionQuery & Params<'completion/run'> {
	const place = { path: 'a.ts', languageId: 'typescript', prefix, suffix: '', pieces: [] };
	return { ...place, requestId: 1, extent: 'line', maxTokens: 8, probabilityFloor: 0 };
}

function is(code: string): (error: unknown) => boolean {
	return error => EngineError.is(error) && error.code === code;
}

/** A supervisor over real processes that run the fake engine, and what it did. */
class Rig {
	readonly states: EngineState[] = [];
	readonly processes: EngineProcess[] = [];
	readonly output: string[] = [];
	readonly supervisor: EngineSupervisor;

	constructor(modelPath = 'fake') {
		this.supervisor = new EngineSupervisor({
			launch: () => {
				const process = startEngineProcess(entry, text => this.output.push(text));
				this.processes.push(process);
				return process;
			},
			load: client => client.call('model/load', { role: 'complete', path: modelPath, threads: 1 }, never),
			onState: state => this.states.push(state),
			// A process on a busy machine may take a second to say that it lives.
			heartbeat: { intervalMs: 50, startMs: 20_000, timeoutMs: 2000 },
		});
	}

	async ask(prefix: string, signal = never): Promise<string> {
		return (await this.supervisor.call('completion/run', query(prefix), signal)).text;
	}

	get kinds(): string[] {
		return this.states.map(({ kind }) => kind);
	}

	isAlive(index: number): boolean {
		const pid = this.processes[index]?.pid;
		assert.ok(pid !== undefined);
		try {
			return process.kill(pid, 0);
		} catch {
			return false;
		}
	}
}

async function until(condition: () => boolean): Promise<void> {
	for (let tries = 0; !condition(); tries++) {
		assert.ok(tries < 400, 'the condition did not come true');
		await new Promise(resolve => setTimeout(resolve, 25));
	}
}

describe('EngineSupervisor over a real child process', () => {
	let rig: Rig;
	beforeEach(() => {
		rig = new Rig();
	});
	afterEach(async () => {
		await rig.supervisor.stop();
		rig.supervisor.dispose();
	});

	it('starts nothing before the first call, and one process for many', async () => {
		assert.deepEqual(rig.states, []);
		assert.deepEqual(await Promise.all([rig.ask('a'), rig.ask('b')]), ['A', 'B']);
		assert.equal(rig.processes.length, 1);
		assert.deepEqual(rig.kinds, ['starting', 'ready']);
	});

	it('settles the waiting call of an engine that crashes, restarts it, and answers again', async () => {
		await rig.ask('a');
		await assert.rejects(rig.ask('crash'), is('engine-exited'));
		assert.equal(await rig.ask('b'), 'B');
		assert.deepEqual(rig.kinds, ['starting', 'ready', 'restarting', 'starting', 'ready']);
	});

	it('comes back after the process was killed from outside', async () => {
		await rig.ask('a');
		const pid = rig.processes[0]?.pid;
		assert.ok(pid !== undefined);
		process.kill(pid, 'SIGKILL');
		await until(() => rig.states.at(-1)?.kind === 'ready' && rig.processes.length === 2);
		assert.equal(await rig.ask('b'), 'B');
		const restarting = rig.states.find(state => state.kind === 'restarting');
		assert.equal(restarting?.reason, 'signal SIGKILL');
	});

	it('kills an engine that stops answering, says so, and starts another', async () => {
		await rig.ask('a');
		await assert.rejects(rig.ask('hang'), is('engine-exited'));
		assert.equal(await rig.ask('b'), 'B');
		const restarting = rig.states.find(state => state.kind === 'restarting');
		assert.equal(restarting?.reason, 'it stopped answering');
		assert.equal(rig.isAlive(0), false);
	});

	it('tells the engine of a cancelled call, and settles it at once', async () => {
		await rig.ask('a');
		const cancellation = new AbortController();
		const call = rig.ask('never', cancellation.signal);
		await new Promise(resolve => setTimeout(resolve, 50));
		cancellation.abort();
		await assert.rejects(call, { name: 'AbortError' });
		await until(() => rig.output.includes('cancelled'));
	});

	it('rejects an answer that is not what the contract promises', async () => {
		await assert.rejects(rig.ask('nonsense'), is('bad-message'));
		assert.equal(await rig.ask('a'), 'A');
	});

	it('stops the process and starts another on the next call', async () => {
		await rig.ask('a');
		await rig.supervisor.stop();
		assert.equal(rig.isAlive(0), false);
		assert.equal(await rig.ask('b'), 'B');
		assert.deepEqual(rig.kinds, ['starting', 'ready', 'stopped', 'starting', 'ready']);
	});

	it('ends even a process that hangs when asked to stop', async () => {
		await rig.ask('a');
		const hanging = assert.rejects(rig.ask('hang'), is('engine-exited'));
		await rig.supervisor.stop();
		await hanging;
		assert.equal(rig.isAlive(0), false);
	});

	it('gives the engine none of the host’s secrets and options', async () => {
		Object.assign(process.env, { SOTTO_TEST_TOKEN: 'secret', NODE_OPTIONS: '--throw-deprecation', LD_PRELOAD: '' });
		try {
			const seen = JSON.parse((await rig.ask('environment')).replaceAll('\\\\', '\\')) as Record<string, string>;
			assert.equal(seen['ELECTRON_RUN_AS_NODE'], '1');
			assert.deepEqual(
				Object.keys(seen).filter(name => /TOKEN|NODE_OPTIONS|LD_PRELOAD/.test(name)),
				[],
			);
		} finally {
			delete process.env['SOTTO_TEST_TOKEN'];
			delete process.env['NODE_OPTIONS'];
			delete process.env['LD_PRELOAD'];
		}
	});

	it('runs twenty restarts without leaving a process or a listener behind', async () => {
		for (let round = 0; round < 20; round++) {
			await rig.supervisor.restart();
		}
		const alive = rig.processes.filter((_, index) => rig.isAlive(index));
		assert.equal(alive.length, 1);
		assert.ok(process.listenerCount('exit') < 10);
	});
});

describe('EngineSupervisor with a model that does not load', () => {
	it('reports the refusal with its message, ends the process and does not try again by itself', async () => {
		const rig = new Rig('missing');
		await assert.rejects(rig.ask('a'), is('model-missing'));
		await assert.rejects(rig.ask('a'), is('model-missing'));
		assert.deepEqual(rig.states.at(-1), {
			kind: 'failed',
			code: 'model-missing',
			reason: 'It is gone. Choose another.',
		});
		assert.equal(rig.processes.length, 1);
		await until(() => !rig.isAlive(0));
		rig.supervisor.dispose();
	});

	it('spends the crash budget on an engine that dies while loading, then waits for the user', async () => {
		const rig = new Rig('crash');
		await assert.rejects(rig.ask('a'), is('engine-exited'));
		await until(() => rig.states.at(-1)?.kind === 'failed');
		assert.equal(rig.processes.length, 4);
		await assert.rejects(rig.ask('a'), /Restart it from the Sotto menu/);
		rig.supervisor.dispose();
	}).timeout(20_000);
});

describe('startEngineProcess', () => {
	it('says which VSIX to install when there is no engine', () => {
		assert.throws(() => startEngineProcess('/nowhere/engine.mjs', () => undefined), is('engine-unavailable'));
	});
});

describe('the host of an engine', () => {
	it('is as patient with it as it is told to be', async function () {
		this.timeout(8000); // sooner than the usual heartbeat would notice
		const states: EngineState[] = [];
		const host = new EngineHost({
			entry,
			choice: () => ({ complete: 'fake', explain: 'fake', threads: 1 }),
			onState: state => states.push(state),
			onLog: () => undefined,
			heartbeat: { intervalMs: 50, startMs: 20_000, timeoutMs: 1000 },
		});
		try {
			await assert.rejects(host.complete(query('hang'), never), is('engine-exited'));
			const restarting = states.find(state => state.kind === 'restarting');
			assert.equal(restarting?.reason, 'it stopped answering');
		} finally {
			await host.stop();
		}
	});
});
