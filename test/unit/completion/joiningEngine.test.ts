import assert from 'node:assert/strict';
import type { CompletionAnswer, CompletionQuery } from '../../../src/core/completion/completionEngine';
import { JoiningEngine } from '../../../src/core/completion/joiningEngine';

const query: CompletionQuery = {
	path: 'a.ts',
	languageId: 'typescript',
	prefix: 'let a = ',
	suffix: '\nend',
	pieces: [],
	extent: 'line',
	maxTokens: 32,
	probabilityFloor: 0,
};

function answerOf(...texts: string[]): CompletionAnswer {
	const counts = { promptTokens: 0, reusedTokens: 0, evaluatedTokens: 0, generatedTokens: 0 };
	const tokens = texts.map(text => ({ text, probability: 0.5 }));
	return { text: texts.join(''), tokens, stopReason: 'end-of-line', ...counts };
}

/** An engine whose answers come when the test says so, and a clock that stands still. */
class Rig {
	readonly calls: {
		query: CompletionQuery;
		signal: AbortSignal;
		say(text: string): void;
		end(...texts: string[]): void;
		refuse(): void;
	}[] = [];
	/** Calls back what lingers. */
	timers: (() => void)[] = [];
	readonly engine = new JoiningEngine(
		{
			complete: (asked, signal, onToken) =>
				new Promise((resolve, reject) => {
					signal.addEventListener('abort', () => {
						reject(signal.reason as Error);
					});
					const end = (...texts: string[]): void => {
						resolve(answerOf(...texts));
					};
					const say = (text: string): void => {
						onToken({ text, probability: 0.5 });
					};
					const refuse = (): void => {
						reject(new DOMException('It would cost too much.', 'AbortError'));
					};
					this.calls.push({ query: asked, signal, say, end, refuse });
				}),
		},
		callback => {
			this.timers.push(callback);
			return {
				dispose: () => {
					this.timers = this.timers.filter(timer => timer !== callback);
				},
			};
		},
	);

	call(index: number): Rig['calls'][number] {
		return this.calls[index] ?? assert.fail(`There is no call ${index}`);
	}

	/** Asks, hears `said`, and is cancelled by the next key. */
	async begin(said: string): Promise<void> {
		const cancel = new AbortController();
		const asked = this.engine.complete(query, cancel.signal);
		this.call(this.calls.length - 1).say(said);
		cancel.abort();
		await assert.rejects(asked, { name: 'AbortError' });
	}

	ask(changes: Partial<CompletionQuery>): Promise<CompletionAnswer> {
		return this.engine.complete({ ...query, ...changes }, new AbortController().signal);
	}
}

describe('JoiningEngine', () => {
	it('lets a request take over what the model has already written', async () => {
		const rig = new Rig();
		await rig.begin('foo');
		const joined = rig.ask({ prefix: 'let a = fo' });
		rig.call(0).end('foo', '(1)', ';');
		const { text, tokens } = await joined;
		assert.deepEqual([text, tokens.map(token => token.text)], ['o(1);', ['o', '(1)', ';']]);
		assert.deepEqual([rig.calls.length, rig.timers.length], [1, 0]);
	});

	it('lets it take over an answer that ended while nobody waited', async () => {
		const rig = new Rig();
		await rig.begin('foo');
		rig.call(0).end('foo', '(1)');
		await Promise.resolve();
		assert.equal((await rig.ask({ prefix: 'let a = foo' })).text, '(1)');
		assert.equal(rig.calls.length, 1);
	});

	it('joins when the editor closes the bracket that was typed', async () => {
		const rig = new Rig();
		await rig.begin('foo(1');
		const joined = rig.ask({ prefix: 'let a = foo(', suffix: ')\nend' });
		rig.call(0).end('foo(1', ');');
		assert.equal((await joined).text, '1);');
	});

	it('may be cancelled and joined at each key', async () => {
		const rig = new Rig();
		await rig.begin('foo');
		const cancel = new AbortController();
		const second = rig.engine.complete({ ...query, prefix: 'let a = f' }, cancel.signal);
		cancel.abort();
		await assert.rejects(second, { name: 'AbortError' });
		const third = rig.ask({ prefix: 'let a = fo' });
		rig.call(0).end('foo', ';');
		assert.equal((await third).text, 'o;');
		assert.equal(rig.calls.length, 1);
	});

	const others: readonly { name: string; changes: Partial<CompletionQuery> }[] = [
		{ name: 'something else was typed', changes: { prefix: 'let a = b' } },
		{ name: 'the model has not come so far', changes: { prefix: 'let a = foo(' } },
		{ name: 'a character was taken back', changes: { prefix: 'let a =' } },
		{ name: 'text stands behind the cursor now', changes: { suffix: ' more\nend' } },
		{ name: 'it is another file', changes: { path: 'b.ts' } },
		{ name: 'it may write more', changes: { extent: 'block' } },
		{ name: 'it may be less sure', changes: { probabilityFloor: 0.1 } },
	];
	for (const { name, changes } of others) {
		it(`ends the older request at once when ${name}`, async () => {
			const rig = new Rig();
			await rig.begin('foo');
			const asked = rig.ask(changes);
			assert.equal(rig.call(0).signal.aborted, true);
			rig.call(1).end('new');
			assert.equal((await asked).text, 'new');
			assert.equal(rig.timers.length, 0);
		});
	}

	for (const [name, ...texts] of [
		['says something else in the end', 'fun'],
		['says no more than was typed', 'fo'],
	] as const) {
		it(`asks anew when the answer ${name}`, async () => {
			const rig = new Rig();
			await rig.begin('foo');
			const asked = rig.ask({ prefix: 'let a = fo' });
			rig.call(0).end(...texts);
			await new Promise(setImmediate);
			rig.call(1).end('new');
			assert.equal((await asked).text, 'new');
			assert.equal(rig.call(1).query.prefix, 'let a = fo');
		});
	}

	it('ends a cancelled request when nothing follows', async () => {
		const rig = new Rig();
		await rig.begin('foo');
		assert.equal(rig.call(0).signal.aborted, false);
		assert.equal(rig.timers.length, 1);
		rig.timers[0]?.();
		assert.equal(rig.call(0).signal.aborted, true);
		const asked = rig.ask({ prefix: 'let a = f' });
		rig.call(1).end('x');
		assert.equal((await asked).text, 'x');
	});

	it('begins what is asked for in a moment, and lets it be taken over', async () => {
		const rig = new Rig();
		rig.engine.begin(query);
		rig.call(0).say('foo');
		const heard: string[] = [];
		const asked = rig.engine.complete(query, new AbortController().signal, ({ text }) => heard.push(text));
		rig.call(0).say('(');
		rig.call(0).end('foo', '(');
		assert.equal((await asked).text, 'foo(');
		assert.deepEqual([rig.calls.length, heard], [1, ['foo(']]);
	});

	it('keeps what was begun and is done until it is asked for, and then no longer', async () => {
		const rig = new Rig();
		rig.engine.begin(query);
		rig.call(0).end('x');
		await new Promise(setImmediate);
		assert.equal((await rig.ask({})).text, 'x');
		assert.equal(rig.timers.length, 0);
		const again = rig.ask({});
		rig.call(1).end('y');
		assert.equal((await again).text, 'y');
	});

	it('ends what was begun when nobody asks for it', () => {
		const rig = new Rig();
		rig.engine.begin(query);
		rig.engine.begin(query);
		assert.deepEqual([rig.calls.length, rig.timers.length], [1, 1]);
		rig.timers[0]?.();
		assert.equal(rig.call(0).signal.aborted, true);
	});

	it('does not begin anew what the model is writing already, and ends what it is not', async () => {
		const rig = new Rig();
		await rig.begin('foo');
		rig.engine.begin({ ...query, prefix: 'let a = f' });
		assert.equal(rig.calls.length, 1);
		rig.engine.begin({ ...query, prefix: 'let a = x' });
		assert.deepEqual([rig.calls.length, rig.call(0).signal.aborted], [2, true]);
	});

	describe('with work that nobody waits for', () => {
		const ahead = { ...query, prefix: 'let a = foo', purpose: 'ahead' as const };

		it('refuses it while something else is at work', async () => {
			const rig = new Rig();
			const asked = rig.ask({});
			await assert.rejects(rig.ask(ahead), { name: 'AbortError' });
			rig.call(0).end('x');
			assert.equal((await asked).text, 'x');
		});

		it('ends it at once when something else is asked', async () => {
			const rig = new Rig();
			const prepared = assert.rejects(rig.ask(ahead), { name: 'AbortError' });
			const asked = rig.ask({ prefix: 'let a = b' });
			assert.equal(rig.call(0).signal.aborted, true);
			await prepared;
			rig.call(1).end('x');
			assert.equal((await asked).text, 'x');
		});

		it('lets what it prepares for take it over', async () => {
			const rig = new Rig();
			const prepared = rig.ask(ahead);
			rig.call(0).say('(1)');
			const asked = rig.ask({ prefix: 'let a = foo(' });
			rig.call(0).end('(1)', ';');
			assert.deepEqual([(await prepared).text, (await asked).text], ['(1);', '1);']);
			assert.equal(rig.calls.length, 1);
		});

		it('asks for what the engine refused to prepare', async () => {
			const rig = new Rig();
			const prepared = assert.rejects(rig.ask(ahead), { name: 'AbortError' });
			const asked = rig.ask({ prefix: 'let a = foo' });
			rig.call(0).refuse();
			await prepared;
			await new Promise(setImmediate);
			rig.call(1).end('x');
			assert.equal((await asked).text, 'x');
		});
	});

	it('hands an answer out once: the same place asked again is asked again', async () => {
		const rig = new Rig();
		const first = rig.ask({});
		rig.call(0).end('x');
		await first;
		const second = rig.ask({});
		rig.call(1).end('y');
		assert.equal((await second).text, 'y');
	});

	it('tells of a failure, and keeps nothing of it', async () => {
		const failing = new JoiningEngine({ complete: () => Promise.reject(new Error('broken')) }, () => ({
			dispose: () => undefined,
		}));
		const signal = new AbortController().signal;
		await assert.rejects(failing.complete(query, signal), /broken/);
		await assert.rejects(failing.complete(query, signal), /broken/);
		await assert.rejects(failing.complete(query, AbortSignal.abort()), { name: 'AbortError' });
	});
});
