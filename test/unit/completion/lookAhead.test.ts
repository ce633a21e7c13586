import assert from 'node:assert/strict';
import { afterAccepting, onNextLine } from '../../../src/core/completion/afterAccepting';
import type { CompletionAnswer, CompletionQuery } from '../../../src/core/completion/completionEngine';
import type { CompletionRequest } from '../../../src/core/completion/completionRequest';
import { CompletionService } from '../../../src/core/completion/completionService';
import { atCursor } from '../../support/cursor';
import { requestAt } from '../inspect/records';

const never = new AbortController().signal;

/** Says what it is told to say behind each end of the text before the cursor. */
class ScriptedEngine {
	readonly asked: CompletionQuery[] = [];
	readonly begun: CompletionQuery[] = [];

	constructor(private readonly script: Readonly<Record<string, string>>) {}

	begin(query: CompletionQuery): void {
		this.begun.push(query);
	}

	complete(query: CompletionQuery, signal: AbortSignal): Promise<CompletionAnswer> {
		signal.throwIfAborted();
		this.asked.push(query);
		const text = Object.entries(this.script).find(([end]) => query.prefix.endsWith(end))?.[1] ?? '';
		const tokens = (text.match(/\w+|\W/g) ?? []).map(piece => ({ text: piece, probability: 0.99 }));
		const counts = { promptTokens: 9, reusedTokens: 0, evaluatedTokens: 9, generatedTokens: tokens.length };
		return Promise.resolve({ text, tokens, stopReason: 'end-of-line', ...counts });
	}
}

/** Returns the text that is shown at a place; empty for none. */
async function show(service: CompletionService, request: CompletionRequest): Promise<string> {
	const outcome = await service.complete(request, never);
	return outcome.kind === 'suggestion' ? outcome.suggestion.text : '';
}

async function shownAndPrepared(script: Readonly<Record<string, string>>, request: CompletionRequest) {
	const engine = new ScriptedEngine(script);
	const service = new CompletionService(engine);
	const text = await show(service, request);
	await service.lookAhead(request, { text, replaceAfter: 0 }, never);
	return { engine, service };
}

describe('CompletionService, after showing', () => {
	const script = { 'a = ': 'foo(', 'foo(': 'bar);', 'b = ': 'one;', '\n\t\t': 'two();' };

	it('has what follows an accepted suggestion ready', async () => {
		const { engine, service } = await shownAndPrepared(script, requestAt('a = ‸\n'));
		assert.deepEqual(
			engine.asked.map(({ prefix, purpose }) => [prefix, purpose]),
			[
				['a = ', undefined],
				['a = foo(', 'ahead'],
			],
		);
		assert.equal(await show(service, requestAt('a = foo(‸\n')), 'bar);');
		assert.equal(engine.asked.length, 2);
	});

	it('has the next line ready where the accepted one is complete', async () => {
		const { engine, service } = await shownAndPrepared(script, requestAt('if (x) {\n\t\tb = ‸\n}\n'));
		assert.equal(engine.asked.at(-1)?.prefix, 'if (x) {\n\t\tb = one;\n\t\t');
		const asked = engine.asked.length;
		assert.equal(await show(service, requestAt('if (x) {\n\t\tb = one;\n\t\t‸\n}\n')), 'two();');
		assert.equal(engine.asked.length, asked);
	});

	it('writes no more than 64 tokens ahead', async () => {
		const { engine } = await shownAndPrepared({ 'f(': ') {' }, requestAt('function f(‸\n'));
		const ahead = engine.asked.filter(({ purpose }) => purpose === 'ahead');
		assert.deepEqual(
			ahead.map(({ extent, maxTokens }) => [extent, maxTokens]),
			[
				['block', 64],
				['block', 64],
			],
		);
	});

	it('shows nothing of it in another place, and does not take it for passed over', async () => {
		const { service } = await shownAndPrepared(script, requestAt('a = ‸\n'));
		assert.equal(await show(service, requestAt('c(‸\n')), '');
		assert.equal(await show(service, requestAt('a = foo(‸\n')), 'bar);');
	});

	it('prepares once, however many keys lead there', async () => {
		const { engine, service } = await shownAndPrepared({ 'a = ': 'foo(', 'foo(': '' }, requestAt('a = ‸ )\n'));
		const asked = engine.asked.length;
		for (const [marked, rest] of [
			['a = f‸ )\n', 'oo('],
			['a = fo‸ )\n', 'o('],
		] as const) {
			assert.equal(await show(service, requestAt(marked)), rest);
			await service.lookAhead(requestAt(marked), { text: rest, replaceAfter: 0 }, never);
		}
		assert.equal(engine.asked.length, asked);
	});

	it('prepares nothing that would not be shown', async () => {
		const manual = { settings: { ...requestAt('‸').settings, 'completion.trigger': 'manual' as const } };
		const request = requestAt('a = ‸\n', { ...manual, trigger: 'manual' });
		const { engine } = await shownAndPrepared(script, request);
		assert.equal(engine.asked.length, 1);
	});

	it('keeps nothing that was prepared before it was told to forget', async () => {
		const engine = new ScriptedEngine(script);
		const service = new CompletionService(engine);
		const ahead = service.lookAhead(requestAt('a = ‸\n'), { text: 'foo(', replaceAfter: 0 }, never);
		service.forget();
		await ahead;
		await show(service, requestAt('a = foo(‸\n'));
		assert.equal(engine.asked.filter(({ purpose }) => purpose === undefined).length, 1);
	});
});

describe('CompletionService, before it is asked', () => {
	const off = { settings: { ...requestAt('‸').settings, enabled: false } };

	it('begins with the very query that it will be asked', async () => {
		const engine = new ScriptedEngine({});
		const service = new CompletionService(engine);
		service.anticipate(requestAt('a = ‸\n'));
		await service.complete(requestAt('a = ‸\n'), never);
		assert.deepEqual(engine.begun, engine.asked);
	});

	it('begins with nothing that it would not ask', async () => {
		const engine = new ScriptedEngine({ 'a = ': 'foo' });
		const service = new CompletionService(engine);
		await show(service, requestAt('a = ‸\n'));
		for (const request of [requestAt('a = f‸\n'), requestAt('b = ‸\n', off), requestAt('‸word\n')]) {
			service.anticipate(request);
		}
		assert.deepEqual(engine.begun, []);
	});

	it('has the prompt read where the user rests, and no more', async () => {
		const engine = new ScriptedEngine({});
		const service = new CompletionService(engine);
		await service.settle(requestAt('a = ‸\n'), 'settle', never);
		await service.settle(requestAt('a = ‸\n'), 'refresh', never);
		await service.settle(requestAt('a = ‸\n', off), 'settle', never);
		assert.deepEqual(
			engine.asked.map(({ maxTokens, purpose }) => [maxTokens, purpose]),
			[
				[0, 'settle'],
				[0, 'refresh'],
			],
		);
	});
});

describe('the text after accepting', () => {
	const place = (marked: string) => ({ ...requestAt('‸').document, ...atCursor(marked) });

	it('has the suggestion before the cursor, and not what it replaces', () => {
		const { prefix, suffix } = afterAccepting(place('f(‸);\n'), { text: 'a);', replaceAfter: 2 });
		assert.deepEqual([prefix, suffix], ['f(a);', '\n']);
	});

	const lines: readonly { name: string; marked: string; next: string | undefined }[] = [
		{ name: 'keeps the indentation', marked: '\ta();‸\n', next: '\ta();\n\t' },
		{ name: 'goes deeper behind an opener', marked: 'if (a) {\n  b();\n  if (c) {‸\n', next: '  if (c) {\n    ' },
		{ name: 'has a tab where the file shows no indentation', marked: 'if (a) {‸', next: 'if (a) {\n\t' },
		{ name: 'is not there in front of text', marked: 'f(‸)', next: undefined },
		{ name: 'is not there behind nothing', marked: 'a\n  ‸\n', next: undefined },
	];
	for (const { name, marked, next } of lines) {
		it(`and in the next line ${name}`, () => {
			const prefix = onNextLine(place(marked))?.prefix;
			assert.equal(next === undefined ? prefix : prefix?.endsWith(next), next === undefined ? undefined : true);
		});
	}
});
