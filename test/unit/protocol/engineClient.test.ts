import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { EngineError } from '../../../src/core/engine/engineError';
import { EngineClient } from '../../../src/protocol/engineClient';
import { serveEngine, type EngineHandlers, type Emit } from '../../../src/protocol/engineServer';
import type { GeneratedToken, Result } from '../../../src/protocol/engineContract';

const never = new AbortController().signal;
const model: Result<'model/load'> = {
	name: 'm',
	path: 'm.gguf',
	architecture: 'llama',
	family: 'sotto',
	verified: true,
	canComplete: true,
	canExplain: false,
	contextTokens: 1024,
	fileBytes: 1,
	threads: 1,
	device: 'cpu',
	loadMs: 1,
};
const load = { role: 'complete', path: 'm.gguf', threads: 0 } as const;

function unexpected(): never {
	throw new Error('not called in this test');
}

/** Both ends of the contract in one process, joined by two streams. */
function pair(handlers: Partial<EngineHandlers>): { client: EngineClient; emit: Emit; hangUp: () => void } {
	const toEngine = new PassThrough();
	const toHost = new PassThrough();
	const engineSide = createMessageConnection(new StreamMessageReader(toEngine), new StreamMessageWriter(toHost));
	const hostSide = createMessageConnection(new StreamMessageReader(toHost), new StreamMessageWriter(toEngine));
	const all: EngineHandlers = {
		'model/load': unexpected,
		'completion/run': unexpected,
		'explanation/run': unexpected,
		'texts/share': unexpected,
		'engine/ping': unexpected,
		...handlers,
	};
	let emit: Emit | undefined;
	serveEngine(engineSide, given => {
		emit = given;
		return all;
	});
	assert.ok(emit !== undefined);
	return { client: new EngineClient(hostSide), emit, hangUp: () => toHost.destroy() };
}

describe('EngineClient and serveEngine', () => {
	it('carry a call and its answer', async () => {
		const { client } = pair({ 'model/load': params => Promise.resolve({ ...model, path: params.path }) });
		assert.deepEqual(await client.call('model/load', load, never), model);
	});

	it('carry an EngineError with its code and its sentence', async () => {
		const { client } = pair({
			'model/load': () => Promise.reject(new EngineError('model-truncated', 'Download it again.')),
		});
		await assert.rejects(
			client.call('model/load', load, never),
			(error: unknown) => EngineError.is(error, 'model-truncated') && error.message === 'Download it again.',
		);
	});

	it('turn an abort of the host into an abort of the handler’s signal', async () => {
		const seen: string[] = [];
		const { client } = pair({
			'engine/ping': (_, signal) =>
				new Promise((_resolve, reject) => {
					seen.push('started');
					signal.addEventListener('abort', () => {
						seen.push('aborted');
						reject(signal.reason as Error);
					});
				}),
		});
		const cancellation = new AbortController();
		const call = client.call('engine/ping', {}, cancellation.signal);
		await new Promise(resolve => setTimeout(resolve, 20));
		cancellation.abort(new Error('typed on'));
		await assert.rejects(call, /typed on/);
		await new Promise(resolve => setTimeout(resolve, 20));
		assert.deepEqual(seen, ['started', 'aborted']);
	});

	it('refuse parameters that do not fit the contract', async () => {
		const { client } = pair({});
		const wrong = { role: 'sing', path: 3 } as unknown as typeof load;
		await assert.rejects(client.call('model/load', wrong, never), (error: unknown) =>
			EngineError.is(error, 'bad-message'),
		);
	});

	it('refuse an answer that does not fit the contract', async () => {
		const { client } = pair({ 'engine/ping': () => Promise.resolve({ residentBytes: -1 }) });
		await assert.rejects(client.call('engine/ping', {}, never), (error: unknown) =>
			EngineError.is(error, 'bad-message'),
		);
	});

	it('deliver events that fit and drop those that do not', async () => {
		const { client, emit } = pair({});
		const tokens: GeneratedToken[] = [];
		const fits = new Promise<void>(resolve => {
			client.on('completion/token', ({ token }) => {
				tokens.push(token);
				resolve();
			});
		});
		emit('completion/token', { requestId: 1, token: { text: 'a', probability: 7 } });
		emit('completion/token', { requestId: 1, token: { text: 'b', probability: 0.5 } });
		await fits;
		assert.deepEqual(tokens, [{ text: 'b', probability: 0.5 }]);
	});

	it('settle every waiting and later call when the other end is gone', async () => {
		const { client, hangUp } = pair({ 'engine/ping': () => new Promise(() => undefined) });
		const waiting = client.call('engine/ping', {}, never);
		hangUp();
		await assert.rejects(waiting, (error: unknown) => EngineError.is(error, 'engine-exited'));
		await assert.rejects(client.call('engine/ping', {}, never), (error: unknown) =>
			EngineError.is(error, 'engine-exited'),
		);
	});
});
