import assert from 'node:assert/strict';
import type { CompletionAnswer, CompletionQuery, Written } from '../../../src/core/completion/completionEngine';
import type { CompletionOutcome } from '../../../src/core/completion/completionRequest';
import { CompletionService } from '../../../src/core/completion/completionService';
import { requestAt } from '../inspect/records';

const never = new AbortController().signal;
const marked = 'function f(a) {\n\tconst b = 1;\n\t‸\n}\n';

/** Writes when the test says so; the test's hand is the clock. */
class Rig {
	/** Ends the patience. */
	lose: () => void = () => undefined;
	#say: (soFar: Written) => void = () => undefined;
	#end: (answer: CompletionAnswer) => void = () => undefined;
	#fail: (error: Error) => void = () => undefined;
	asked = 0;
	isTimed = false;
	readonly service = new CompletionService(
		{
			complete: (_: CompletionQuery, __: AbortSignal, onProgress) => {
				this.asked++;
				this.#say = onProgress ?? this.#say;
				return new Promise((resolve, reject) => {
					this.#end = resolve;
					this.#fail = reject;
				});
			},
		},
		undefined,
		callback => {
			this.isTimed = true;
			this.lose = callback;
			return {
				dispose: () => {
					this.isTimed = false;
				},
			};
		},
	);

	say(text: string, probability = 0.99): void {
		this.#say(written(text, probability));
	}

	end(text: string): void {
		const counts = { promptTokens: 9, reusedTokens: 0, evaluatedTokens: 9, generatedTokens: 9 };
		this.#end({ ...written(text, 0.99), stopReason: 'end-of-block', ...counts });
	}

	fail(): void {
		this.#fail(new Error('broken'));
	}
}

function written(text: string, probability: number): Written {
	return { text, tokens: (text.match(/\w+|\W/g) ?? []).map(piece => ({ text: piece, probability })) };
}

function textOf(outcome: CompletionOutcome): string {
	return outcome.kind === 'suggestion' ? outcome.suggestion.text : '';
}

const settled = (): Promise<void> => new Promise(setImmediate);

describe('an answer of several lines', () => {
	it('is shown whole where that does not take long', async () => {
		const rig = new Rig();
		const shown = rig.service.complete(requestAt(marked), never);
		rig.say('const c = 2;\n\t');
		rig.end('const c = 2;\n\treturn c;');
		assert.equal(textOf(await shown), 'const c = 2;\n\treturn c;');
		assert.equal(rig.isTimed, false);
	});

	it('is shown by its first line where it takes long, and the rest comes from memory', async () => {
		const rig = new Rig();
		const shown = rig.service.complete(requestAt(marked), never);
		rig.say('const c = 2;\n\tre');
		rig.lose();
		const outcome = await shown;
		assert.equal(textOf(outcome), 'const c = 2;');
		assert.equal(outcome.answer?.stopReason, 'first-line');
		rig.end('const c = 2;\n\treturn c;');
		await settled();
		const accepted = marked.replace('‸', 'const c = 2;‸');
		assert.equal(textOf(await rig.service.complete(requestAt(accepted), never)), '\n\treturn c;');
		assert.equal(rig.asked, 1);
	});

	it('waits for the first line where patience is over before it is there', async () => {
		const rig = new Rig();
		const shown = rig.service.complete(requestAt(marked), never);
		rig.lose();
		rig.say('const c = 2;');
		rig.say('const c = 2;\n');
		await settled();
		assert.equal(rig.isTimed, true);
		rig.say('const c = 2;\n\t');
		assert.equal(textOf(await shown), 'const c = 2;');
	});

	it('waits for the whole where the model is not sure of the first line', async () => {
		const rig = new Rig();
		const shown = rig.service.complete(requestAt(marked), never);
		rig.say('const c = 2;\n\tre', 0.1);
		rig.lose();
		rig.end('const c = 2;');
		assert.equal(textOf(await shown), 'const c = 2;');
	});

	for (const [name, finish] of [
		[
			'says something else in the end',
			(rig: Rig) => {
				rig.end('other();');
			},
		],
		[
			'fails',
			(rig: Rig) => {
				rig.fail();
			},
		],
	] as const) {
		it(`keeps what is on screen where the engine ${name}`, async () => {
			const rig = new Rig();
			const shown = rig.service.complete(requestAt(marked), never);
			rig.say('const c = 2;\n\tre');
			rig.lose();
			await shown;
			finish(rig);
			await settled();
			const typed = marked.replace('‸', 'con‸');
			assert.equal(textOf(await rig.service.complete(requestAt(typed), never)), 'st c = 2;');
		});
	}

	it('tells of a failure before anything is shown', async () => {
		const rig = new Rig();
		const shown = rig.service.complete(requestAt(marked), never);
		rig.fail();
		await assert.rejects(shown, /broken/);
	});
});
