import assert from 'node:assert/strict';
import type { CompletionParams } from '../../../src/protocol/engineContract';
import { Completer } from '../../../src/engine/completer';
import type { Asked, NextToken } from '../../../src/engine/engineModel';
import { decode, fakeFormat, FakeSequence, fakeTokenizer } from './fakeModel';

/** Knows whole texts and how likely each is; a token a character. */
class TextModel extends FakeSequence {
	constructor(private readonly texts: readonly (readonly [text: string, weight: number])[]) {
		super(4000);
	}

	/** By what the texts have behind all that is held. */
	#next(): NextToken[] {
		const held = decode(this.held).replace(/[\ue000-\uefff]/g, '');
		const weights = new Map<number | undefined, number>();
		for (const [text, weight] of this.texts) {
			if (text.startsWith(held)) {
				const token = text.codePointAt(held.length);
				weights.set(token, (weights.get(token) ?? 0) + weight);
			}
		}
		const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
		return [...weights]
			.map(([token, weight]) => ({ token, probability: weight / total }))
			.sort((a, b) => b.probability - a.probability);
	}

	override async evaluateAmong(asked: readonly Asked[]): Promise<readonly (readonly NextToken[])[]> {
		const told: (readonly NextToken[])[] = [];
		for (const { token, others } of asked) {
			await this.evaluate([token]);
			const next = this.#next();
			const [best = { token: undefined, probability: 0 }] = next;
			const wanted = others
				.filter(other => other !== best.token)
				.map(other => next.find(one => one.token === other) ?? { token: other, probability: 0 });
			told.push([best, ...wanted]);
		}
		return told;
	}

	override async evaluateTop(token: number): Promise<readonly NextToken[]> {
		await this.evaluate([token]);
		return this.#next();
	}
}

const place = {
	path: 'a.py',
	languageId: 'python',
	pieces: [],
	extent: 'line' as const,
	maxTokens: 40,
	probabilityFloor: 0,
};

function ask(
	texts: readonly (readonly [text: string, weight: number])[],
	changes: Partial<CompletionParams> & Pick<CompletionParams, 'prefix' | 'suffix'>,
) {
	const format = { ...fakeFormat, order: 'left-to-right' as const, file: undefined };
	const completer = new Completer({ format, tokenizer: fakeTokenizer, decode, sequence: new TextModel(texts) });
	return completer.run({ ...place, requestId: 1, ...changes }, new AbortController().signal, () => undefined);
}

const head = 'def f(a):\n    x = 1\n';

describe('Completer with several candidates', () => {
	const texts = [
		[`${head}    y = 2\n    g(y)\n`, 3],
		[`${head}    y = 2\n    h(y)\n`, 3],
		[`${head}    z = 3\n    k(a)\n`, 2],
	] as const;

	it('takes the line that makes what stands below likely, not the likeliest by itself', async () => {
		const asked = { prefix: head, suffix: '\n    k(a)\n' };
		assert.equal((await ask(texts, asked)).text, '    y = 2');
		assert.equal((await ask(texts, { ...asked, candidates: 4 })).text, '    z = 3');
	});

	it('tells the other candidates, best first', async () => {
		const { others } = await ask(texts, { prefix: head, suffix: '\n    k(a)\n', candidates: 4 });
		assert.deepEqual(
			others?.map(({ text }) => text),
			['    y = 2'],
		);
	});

	it('takes the likeliest line where nothing stands below', async () => {
		assert.equal((await ask(texts, { prefix: head, suffix: '', candidates: 4 })).text, '    y = 2');
	});

	it('leaves ranking out where it is told to', async () => {
		const asked = { prefix: head, suffix: '\n    k(a)\n', candidates: 4, without: ['ranking' as const] };
		assert.equal((await ask(texts, asked)).text, '    y = 2');
	});

	it('says nothing where no line can be written', async () => {
		const { text, stopReason } = await ask([[head, 1]], { prefix: head, suffix: '', candidates: 4 });
		assert.deepEqual([text, stopReason], ['', 'end-of-generation']);
	});
});

describe('Completer, where the likeliest line does not fit', () => {
	const texts = [
		[`${head}    return a\n`, 3],
		[`${head}    for b in a:\n        g(b)\n`, 2],
	] as const;

	it('takes another one that can stand in front of a deeper line', async () => {
		assert.equal((await ask(texts, { prefix: head, suffix: '\n        g(b)\n' })).text, '    for b in a:');
	});

	it('keeps it where that is left out', async () => {
		const asked = { prefix: head, suffix: '\n        g(b)\n', without: ['fitting' as const] };
		assert.equal((await ask(texts, asked)).text, '    return a');
	});
});

describe('Completer at a name that is needed below', () => {
	it('tries lines that define it, though the model would begin otherwise', async () => {
		const texts = [
			[`${head}    g(x)\n`, 1000],
			[`${head}    total = 0\n    return total\n`, 1],
		] as const;
		assert.equal((await ask(texts, { prefix: head, suffix: '\n    return total\n' })).text, '    total = 0');
	});
});
