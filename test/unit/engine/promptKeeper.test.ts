import assert from 'node:assert/strict';
import type { FimFormat } from '../../../src/core/prompt/fim/detectFormat';
import { PromptKeeper } from '../../../src/engine/promptKeeper';
import type { CompletionParams } from '../../../src/protocol/engineContract';
import { atCursor } from '../../support/cursor';
import { FakeTokenizer } from '../prompt/fakeTokenizer';
import { fakeFormat } from './fakeModel';

const prefixFirst: FimFormat = { ...fakeFormat, order: 'prefix-suffix-middle', middle: 0xe004 };

function paramsAt(marked: string, purpose?: CompletionParams['purpose']): CompletionParams {
	const limits = { extent: 'line' as const, maxTokens: 8, probabilityFloor: 0 };
	return { requestId: 0, path: 'a.ts', languageId: '', pieces: [], ...limits, ...atCursor(marked), purpose };
}

/** Lays out the prompts of one engine, one after the other. */
function keeperOf(format = prefixFirst) {
	const tokenizer = new FakeTokenizer();
	const keeper = new PromptKeeper(format, tokenizer, { whole: 4000, urgent: 4000 });
	return (marked: string, purpose?: CompletionParams['purpose']): string =>
		tokenizer.render(keeper.next(paramsAt(marked, purpose), []).tokens, format);
}

const long = `${'longword'.repeat(8)};\n`.repeat(12);

describe('PromptKeeper', () => {
	it('leaves what is typed behind the anchor until the user rests, and then goes on from there', () => {
		const next = keeperOf();
		next('a;\n‸\n');
		assert.ok(next(`a;\n${long}y‸\n`).endsWith(`[MID]${long}y`));
		assert.ok(next(`a;\n${long}y‸\n`, 'settle').endsWith('[MID]y'));
		assert.ok(next(`a;\n${long}yz‸\n`).endsWith('[MID]yz'));
	});

	it('reads a closer behind the cursor when the user rests for long', () => {
		const next = keeperOf();
		next('a;\n‸\n');
		assert.ok(!next('a;\nf(‸)\n', 'settle').includes('[SUF])'));
		assert.ok(next('a;\nf(‸)\n', 'refresh').includes('[SUF])'));
	});

	it('does not read much again for that', () => {
		const next = keeperOf(fakeFormat);
		next(`${long.repeat(6)}‸\n`);
		assert.ok(next(`${long.repeat(6)}f(‸)\n`, 'refresh').includes('[SUF]\n[PRE]'));
	});

	it('lays out ahead what only adds to the last prompt, and is not impressed by it', () => {
		const next = keeperOf();
		next('a;\nb‸\n');
		assert.ok(next('a;\nb + c;\n‸\n', 'ahead').endsWith('[MID]b + c;\n'));
		assert.ok(next('a;\nbx‸\n').endsWith('[MID]bx'));
	});

	for (const [name, marked] of [
		['in another place', 'a;‸\nb\n'],
		['behind so much that the anchor moves', `a;\nb${long}‸\n`],
	] as const) {
		it(`refuses to lay out ahead ${name}`, () => {
			const next = keeperOf();
			const before = next('a;\nb‸\n');
			assert.throws(() => next(marked, 'ahead'), { name: 'AbortError' });
			assert.equal(next('a;\nb‸\n'), before);
		});
	}

	it('refuses to lay out ahead before anything else', () => {
		assert.throws(() => keeperOf()('a‸', 'ahead'), { name: 'AbortError' });
	});

	describe('at a first key in a fresh place', () => {
		const above = Array.from({ length: 200 }, (_, index) => `const above${index} = other;\n`).join('');

		function setUp() {
			const tokenizer = new FakeTokenizer();
			const keeper = new PromptKeeper({ ...fakeFormat, order: 'left-to-right' }, tokenizer, {
				whole: 600,
				urgent: 100,
			});
			return (marked: string, held: readonly number[], purpose?: CompletionParams['purpose']) =>
				keeper.next(paramsAt(marked, purpose), held).tokens;
		}

		it('lays out a short prompt, and the whole one when the user rests', () => {
			const next = setUp();
			assert.ok(next(`${above}a‸`, []).length <= 100);
			assert.ok(next(`${above}a‸`, [], 'settle').length > 300);
		});

		it('keeps the start of the short prompt while typing goes on', () => {
			const next = setUp();
			const first = next(`${above}a =‸`, []);
			const second = next(`${above}a = b‸`, first);
			assert.deepEqual(second.slice(0, first.length), first);
		});

		it('goes on with the whole prompt where little of it is left to read', () => {
			const next = setUp();
			const whole = next(`${above}a =‸`, [], 'settle');
			assert.ok(next(`${above}a = b‸`, whole.slice(0, -50)).length > whole.length);
			assert.ok(next(`${above}a = b‸`, whole.slice(0, 50)).length <= 100);
		});

		it('prepares ahead behind the short prompt as well', () => {
			const next = setUp();
			const first = next(`${above}a =‸`, []);
			const ahead = next(`${above}a = b;‸`, first, 'ahead');
			assert.deepEqual(ahead.slice(0, first.length), first);
		});
	});
});
