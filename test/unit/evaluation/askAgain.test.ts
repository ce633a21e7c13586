import assert from 'node:assert/strict';
import type { CompletionQuery } from '../../../src/core/completion/completionEngine';
import { EngineError, type EngineErrorCode } from '../../../src/core/engine/engineError';
import { askAgain } from '../../../src/node/evaluation/askAgain';
import { answerOf } from '../inspect/records';

const query: CompletionQuery = {
	path: 'a.ts',
	languageId: 'typescript',
	prefix: 'a',
	suffix: '',
	pieces: [],
	extent: 'line',
	maxTokens: 8,
	probabilityFloor: 0,
};
const file = { uri: 'file:///b.ts', path: 'b.ts', languageId: 'typescript', version: 1, text: 'b' };
const { signal } = new AbortController();

/** A host of which the named calls, counted from 0, fail; and what was asked of it. */
function failing(error: EngineErrorCode, ...which: number[]) {
	const calls: string[] = [];
	const call = (name: string): Promise<void> =>
		which.includes(calls.push(name) - 1) ? Promise.reject(new EngineError(error, 'It ended.')) : Promise.resolve();
	const host = askAgain({
		complete: async () => {
			await call('complete');
			return answerOf('b');
		},
		share: files => call(`share ${files.length}`),
	});
	return { host, calls };
}

describe('askAgain', () => {
	it('tells a new engine the texts where one ended at work, and asks it the same', async () => {
		const { host, calls } = failing('engine-exited', 1);
		await host.share([file]);
		assert.equal((await host.complete(query, signal)).text, 'b');
		assert.deepEqual(calls, ['share 1', 'complete', 'share 1', 'complete']);
	});

	it('survives an engine that ends at the texts', async () => {
		const { host, calls } = failing('engine-exited', 0);
		await host.share([file]);
		assert.deepEqual(calls, ['share 1', 'share 1', 'share 1']);
	});

	it('tells of an engine that ends at the same question twice', async () => {
		const { host } = failing('engine-exited', 0, 2);
		await assert.rejects(host.complete(query, signal), { message: 'It ended.' });
	});

	it('tells of any other failure at once', async () => {
		const { host, calls } = failing('internal', 0);
		await assert.rejects(host.complete(query, signal), { message: 'It ended.' });
		assert.deepEqual(calls, ['complete']);
	});
});
