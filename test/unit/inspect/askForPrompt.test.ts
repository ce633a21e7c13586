import assert from 'node:assert/strict';
import type {
	CompletionAnswer,
	CompletionEngine,
	CompletionQuery,
} from '../../../src/core/completion/completionEngine';
import { JoiningEngine } from '../../../src/core/completion/joiningEngine';
import { EngineError, isAbort } from '../../../src/core/engine/engineError';
import { askForPrompt } from '../../../src/core/inspect/askForPrompt';
import { answerOf } from './records';

const query: CompletionQuery = {
	path: 'src/a.ts',
	languageId: 'typescript',
	prefix: 'a',
	suffix: '',
	pieces: [],
	extent: 'line',
	maxTokens: 32,
	probabilityFloor: 0,
};
const answer = { ...answerOf('b'), prompt: [{ kind: 'text', text: 'a', tokens: 1 }] } satisfies CompletionAnswer;

/** Fails as often as told, then answers. */
function failing(error: Error, times: number): { engine: CompletionEngine; asked: () => number } {
	let asked = 0;
	const complete: CompletionEngine['complete'] = () =>
		asked++ < times ? Promise.reject(error) : Promise.resolve(answer);
	return { engine: { complete }, asked: () => asked };
}

function pushedAside(): DOMException {
	return new DOMException('A newer request.', 'AbortError');
}

/** Answers when it is released, with the prompt or with what was typed for. */
function slowEngine(): { joining: JoiningEngine; release: () => void } {
	let release = (): void => undefined;
	const released = new Promise<void>(resolve => (release = resolve));
	const joining = new JoiningEngine(
		{
			complete: async ({ wantsPrompt }, signal) => {
				await released;
				signal.throwIfAborted();
				return wantsPrompt === true ? answer : answerOf('c');
			},
		},
		() => ({ dispose: () => undefined }),
	);
	return { joining, release };
}

describe('askForPrompt', () => {
	it('asks again when what somebody types has pushed it aside', async () => {
		const { engine, asked } = failing(pushedAside(), 2);
		let pauses = 0;
		const pause = (): Promise<void> => {
			pauses++;
			return Promise.resolve();
		};
		assert.equal(await askForPrompt(engine, query, { signal: new AbortController().signal, pause }), answer);
		assert.deepEqual([asked(), pauses], [3, 2]);
	});

	it('is pushed aside by the request that follows on accepting, as the editor sends it, and still gets its prompt', async () => {
		const { joining, release } = slowEngine();
		const { signal } = new AbortController();
		const asked = askForPrompt(joining, query, { signal, pause: () => Promise.resolve() });
		const next = joining.complete({ ...query, prefix: 'ab' }, signal);
		release();
		assert.equal((await next).text, 'c');
		assert.equal(await asked, answer);
	});

	it('does not end what somebody waits for, but waits for it', async () => {
		const { joining, release } = slowEngine();
		const { signal } = new AbortController();
		const typed = joining.complete({ ...query, prefix: 'ab' }, signal);
		let pauses = 0;
		const pause = (): Promise<void> => {
			if (++pauses === 3) {
				release();
			}
			return new Promise(resolve => setImmediate(resolve));
		};
		assert.equal(await askForPrompt(joining, query, { signal, pause }), answer);
		assert.equal((await typed).text, 'c');
		assert.ok(pauses >= 3);
	});

	it('ends when the user has had enough', async () => {
		const { engine, asked } = failing(pushedAside(), Infinity);
		const user = new AbortController();
		const pause = (): Promise<void> => {
			user.abort();
			return Promise.resolve();
		};
		await assert.rejects(askForPrompt(engine, query, { signal: user.signal, pause }), isAbort);
		assert.equal(asked(), 2);
	});

	it('tells of an engine that cannot answer at once', async () => {
		const { engine, asked } = failing(new EngineError('engine-exited', 'It ended.'), Infinity);
		const rejected = askForPrompt(engine, query, {
			signal: new AbortController().signal,
			pause: () => Promise.reject(new Error('It waited.')),
		});
		await assert.rejects(rejected, { message: 'It ended.' });
		assert.equal(asked(), 1);
	});
});
