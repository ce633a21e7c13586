import assert from 'node:assert/strict';
import type { CompletionAnswer, CompletionQuery } from '../../../src/core/completion/completionEngine';
import type { CompletionRequest } from '../../../src/core/completion/completionRequest';
import { silenceText } from '../../../src/core/completion/silenceText';
import { CompletionService } from '../../../src/core/completion/completionService';
import { noTaste, Taste } from '../../../src/core/taste/taste';
import { defaultSettings, type Settings } from '../../../src/core/settings/settings';
import { atCursor } from '../../support/cursor';

const never = new AbortController().signal;

function request(text: string, more: Partial<CompletionRequest> = {}): CompletionRequest {
	const document = { uri: 'file:///a.ts', path: 'a.ts', languageId: 'typescript', version: 1, ...atCursor(text) };
	const permission = { trigger: 'automatic', isSnoozed: false, isPrivate: false } as const;
	return { document, settings: defaultSettings, pieces: () => [], ...permission, ...more };
}

function withSettings(changes: Partial<Settings>): { settings: Settings } {
	return { settings: { ...defaultSettings, ...changes } };
}

/** An engine that says `text`, token by token as sure as `probabilities`, and remembers what it was asked. */
class FakeEngine {
	readonly asked: CompletionQuery[] = [];

	constructor(
		private readonly text: string,
		private readonly probability = 0.99,
	) {}

	complete(query: CompletionQuery, signal: AbortSignal): Promise<CompletionAnswer> {
		signal.throwIfAborted();
		this.asked.push(query);
		const tokens = (this.text.match(/\w+|\W/g) ?? []).map(text => ({ text, probability: this.probability }));
		const counts = { promptTokens: 9, reusedTokens: 0, evaluatedTokens: 9, generatedTokens: tokens.length };
		return Promise.resolve({ text: this.text, tokens, stopReason: 'end-of-line', ...counts });
	}
}

async function shown(service: CompletionService, asked: CompletionRequest): Promise<string> {
	const outcome = await service.complete(asked, never);
	return outcome.kind === 'suggestion' ? outcome.suggestion.text : `(${silenceText(outcome).because})`;
}

describe('CompletionService', () => {
	it('shows what a sure model says', async () => {
		const service = new CompletionService(new FakeEngine('sole.log(x);'));
		assert.equal(await shown(service, request('con‸\n')), 'sole.log(x);');
	});

	it('is silent when the model is not sure', async () => {
		const service = new CompletionService(new FakeEngine('sole.log(x);', 0.02));
		assert.equal(await shown(service, request('con‸\n')), '(the model was not sure enough of its first tokens)');
	});

	it('answers who asks by hand, however unsure the model is, and asks it not to stop early', async () => {
		const engine = new FakeEngine('sole.log(x);', 0.02);
		const service = new CompletionService(engine);
		assert.equal(await shown(service, request('con‸\n', { trigger: 'manual' })), 'sole.log(x);');
		assert.equal(engine.asked[0]?.probabilityFloor, 0);
	});

	it('answers typing as suggested without asking the model again', async () => {
		const engine = new FakeEngine('sole.log(x);');
		const service = new CompletionService(engine);
		await shown(service, request('con‸\n'));
		assert.equal(await shown(service, request('conso‸\n')), 'le.log(x);');
		assert.equal(engine.asked.length, 1);
	});

	it('goes on with a block between the brackets that Enter has put on lines of their own', async () => {
		const engine = new FakeEngine('\n\treturn sum;\n}');
		const service = new CompletionService(engine);
		await shown(service, request('f() {‸}\n'));
		assert.equal(await shown(service, request('f() {\n\t‸\n}\n')), 'return sum;');
		assert.equal(engine.asked.length, 1);
	});

	it('does not remember an answer that was asked for before it was told to forget', async () => {
		const engine = new FakeEngine('sole.log(x);');
		const service = new CompletionService(engine);
		const running = shown(service, request('con‸\n'));
		service.forget();
		await running;
		await shown(service, request('con‸\n'));
		assert.equal(engine.asked.length, 2);
	});

	it('asks again after it was told to forget', async () => {
		const engine = new FakeEngine('sole.log(x);');
		const service = new CompletionService(engine);
		await shown(service, request('con‸\n'));
		service.forget();
		await shown(service, request('con‸\n'));
		assert.equal(engine.asked.length, 2);
	});

	/** Shown at `con‸`, then something else was typed there. */
	async function passedOver(engine = new FakeEngine('sole.log(x);')): Promise<CompletionService> {
		const service = new CompletionService(engine);
		await shown(service, request('con‸\n'));
		await shown(service, request('context‸\n'));
		return service;
	}

	it('does not offer again what was passed over in the same place, nor ask the model for it', async () => {
		const engine = new FakeEngine('sole.log(x);');
		const service = await passedOver(engine);
		const asked = engine.asked.length;
		assert.match(await shown(service, request('con‸\n')), /rejected this suggestion/);
		assert.equal(engine.asked.length, asked);
	});

	it('offers it to who asks by hand, and then goes on with it', async () => {
		const service = await passedOver();
		assert.equal(await shown(service, request('con‸\n', { trigger: 'manual' })), 'sole.log(x);');
		assert.equal(await shown(service, request('con‸\n')), 'sole.log(x);');
	});

	it('offers again what was taken in part, and after it was told to forget', async () => {
		const service = new CompletionService(new FakeEngine('sole.log(x);'));
		await shown(service, request('con‸\n'));
		service.accepted('part');
		await shown(service, request('context‸\n'));
		assert.equal(await shown(service, request('con‸\n')), 'sole.log(x);');
		const other = await passedOver();
		other.forget();
		assert.equal(await shown(other, request('con‸\n')), 'sole.log(x);');
	});

	it('learns from what is accepted and from what is passed over, but not from what was asked for by hand', async () => {
		const taste = new Taste();
		const service = new CompletionService(new FakeEngine('sole.log(x);'), taste);
		await shown(service, request('con‸\n'));
		service.accepted('part');
		await shown(service, request('console.‸\n'));
		service.accepted('whole');
		assert.equal(taste.state.outcomes, 1, 'the rest of a suggestion is the same suggestion');
		assert.ok(taste.state.weights.features.always > 0);
		await shown(service, request('a();\ncon‸'));
		await shown(service, request('a();\ncontext‸'));
		assert.equal(taste.state.outcomes, 2);
		await shown(service, request('b();\ncon‸;', { trigger: 'manual' }));
		service.accepted('whole');
		assert.equal(taste.state.outcomes, 2);
	});

	it('asks for less where the user takes lines only, and stops earlier where they pass over much', async () => {
		const lines = { typescript: -1 };
		const taste = new Taste({
			...noTaste,
			luck: -1,
			lines,
			weights: { ...noTaste.weights, languages: { typescript: -1.5 } },
		});
		const [usual, adapted] = [new FakeEngine('x'), new FakeEngine('x')];
		await shown(new CompletionService(usual), request('function f() {‸'));
		await shown(new CompletionService(adapted, taste), request('function f() {‸'));
		assert.deepEqual([usual.asked[0]?.extent, adapted.asked[0]?.extent], ['block', 'line']);
		assert.ok((adapted.asked[0]?.probabilityFloor ?? 0) > (usual.asked[0]?.probabilityFloor ?? 1));
	});

	it('does not take an entry of the suggest widget for typed text', async () => {
		const service = new CompletionService(new FakeEngine('sole.log(x);'));
		await shown(service, request('con‸\n'));
		await shown(service, request('constructor‸\n', { isPreview: true }));
		assert.equal(await shown(service, request('con‸\n')), 'sole.log(x);');
	});

	it('tells what it asked, what was answered, and what went into the filters', async () => {
		const service = new CompletionService(new FakeEngine('a, b)'));
		const first = await service.complete(request('print(‸)\n'), never);
		assert.deepEqual([first.query?.extent, first.answer?.text, first.candidate], ['line', 'a, b)', 'a, b)']);
		const again = await service.complete(request('print(‸)\n'), never);
		assert.deepEqual([again.query, again.answer, again.candidate], [undefined, undefined, 'a, b']);
		const unsure = await new CompletionService(new FakeEngine('x', 0.01)).complete(request('a = ‸'), never);
		assert.deepEqual([unsure.answer?.text, unsure.candidate], ['x', undefined]);
	});

	it('does not offer what comes after it was cancelled, but remembers it', async () => {
		const cancel = new AbortController();
		const engine = new FakeEngine('sole.log(x);');
		const late = {
			complete: async (query: CompletionQuery, signal: AbortSignal) => {
				const answer = await engine.complete(query, signal);
				cancel.abort();
				return answer;
			},
		};
		const service = new CompletionService(late);
		await assert.rejects(service.complete(request('con‸\n'), cancel.signal), { name: 'AbortError' });
		assert.equal(await shown(service, request('con‸\n')), 'sole.log(x);');
		assert.equal(engine.asked.length, 1);
	});

	it('hands the model what stands around the cursor, and the pieces', async () => {
		const engine = new FakeEngine('x');
		const pieces = [{ path: 'b.ts', text: 'export const b = 1;' }];
		await new CompletionService(engine).complete(request('const a = ‸;\n', { pieces: () => pieces }), never);
		const { prefix, suffix, pieces: given } = engine.asked[0] ?? {};
		assert.deepEqual({ prefix, suffix, given }, { prefix: 'const a = ', suffix: ';\n', given: pieces });
	});

	it('does not gather pieces for what it remembers', async () => {
		let gathered = 0;
		const service = new CompletionService(new FakeEngine('sole.log(x);'));
		const pieces = (): readonly never[] => {
			gathered++;
			return [];
		};
		for (const text of ['con‸\n', 'cons‸\n', 'conso‸\n']) {
			await service.complete(request(text, { pieces }), never);
		}
		assert.equal(gathered, 1);
	});

	it('cuts what the filters cut', async () => {
		const service = new CompletionService(new FakeEngine('a, b)'));
		assert.equal(await shown(service, request('print(‸)\n')), 'a, b');
	});

	it('passes a cancellation on', async () => {
		const cancelled = AbortSignal.abort();
		const work = new CompletionService(new FakeEngine('x')).complete(request('a = ‸'), cancelled);
		await assert.rejects(work, { name: 'AbortError' });
	});

	const silent: readonly { name: string; more: Partial<CompletionRequest>; because: RegExp }[] = [
		{ name: 'off', more: withSettings({ enabled: false }), because: /off/ },
		{ name: 'off, asked by hand', more: { ...withSettings({ enabled: false }), trigger: 'manual' }, because: /off/ },
		{ name: 'snoozed', more: { isSnoozed: true }, because: /snoozed/ },
		{ name: 'manual only', more: withSettings({ 'completion.trigger': 'manual' }), because: /on request/ },
		{ name: 'a placeholder is selected', more: { isSelecting: true }, because: /selected/ },
		{ name: 'a file with secrets', more: { isPrivate: true, trigger: 'manual' }, because: /secrets/ },
	];
	for (const { name, more, because } of silent) {
		it(`does not ask the model: ${name}`, async () => {
			const engine = new FakeEngine('x');
			const pieces = (): never => assert.fail('pieces were gathered though nobody is asked');
			assert.match(await shown(new CompletionService(engine), request('a = ‸', { ...more, pieces })), because);
			assert.equal(engine.asked.length, 0);
		});
	}

	it('answers by hand while snoozed or set to manual', async () => {
		const service = new CompletionService(new FakeEngine('42;'));
		const more = { isSnoozed: true, ...withSettings({ 'completion.trigger': 'manual' }), trigger: 'manual' } as const;
		assert.equal(await shown(service, request('a = ‸', more)), '42;');
	});

	it('answers by hand in a comment and with text selected, and by itself in a comment where the user wants it', async () => {
		const service = new CompletionService(new FakeEngine('the answer'));
		const more = { trigger: 'manual', isSelecting: true } as const;
		assert.equal(await shown(service, request('// so ‸', more)), 'the answer');
		const other = new CompletionService(new FakeEngine('the answer'));
		assert.match(await shown(other, request('// so ‸')), /comment/);
		assert.equal(await shown(other, request('// so ‸', withSettings({ 'completion.prose': true }))), 'the answer');
	});
});
