import assert from 'node:assert/strict';
import type { CompletionQuery } from '../../../src/core/completion/completionEngine';
import { baselineEngine } from '../../../src/core/evaluation/baselines/baselineEngine';
import { NgramCache } from '../../../src/core/evaluation/baselines/ngramCache';
import { SimilarLine } from '../../../src/core/evaluation/baselines/similarLine';
import { atCursor } from '../../support/cursor';
import { source, tokens } from './sources';

const never = new AbortController().signal;

function query(text: string, extent: 'line' | 'block' = 'line'): CompletionQuery {
	const limits = { extent, maxTokens: 32, probabilityFloor: 0 };
	return { path: 'a.ts', languageId: 'typescript', pieces: [], ...limits, ...atCursor(text) };
}

async function ngrams(text: string, other = '', extent?: 'line' | 'block'): Promise<string> {
	const cache = new NgramCache();
	const files = other === '' ? [] : [source('b.ts', other)];
	return (await baselineEngine(one => cache.predict(one, files)).complete(query(text, extent), never)).text;
}

async function similar(text: string, other = '', extent?: 'line' | 'block'): Promise<string> {
	const lines = new SimilarLine();
	const files = other === '' ? [] : [source('b.ts', other)];
	return (await baselineEngine(one => lines.predict(one, files)).complete(query(text, extent), never)).text;
}

describe('the n-gram cache', () => {
	for (const [name, text, other, said] of [
		['repeats what followed the same words', 'call(first, second);\n\ncall(‸\n', '', 'first, second);'],
		['takes what is most frequent', 'a.one();\na.two();\na.one();\nx = a.‸\n', '', 'one();'],
		['takes the nearest of equals', 'x = a.one();\nx = a.two();\ny = a.‸\n', '', 'two();'],
		['completes a word that is begun', 'const response = get();\nres‸\n', '', 'ponse = get();'],
		['goes on behind a word that is complete', 'get(url);\n\nget‸\n', '', '(url);'],
		['prefers a longer context', 'a(x);\nb(y);\nb(y);\na(‸\n', '', 'x);'],
		['looks into the text below', 'send(‸\nx();\nsend(message);\n', '', 'message);'],
		['looks into other files', 'send(‸\n', 'send(message, now);\n', 'message, now);'],
		['says nothing where nothing is alike', 'unknown!‸\n', '', ''],
		['says nothing in an empty file', '‸', '', ''],
	] as const) {
		it(name, async () => {
			assert.equal(await ngrams(text, other), said);
		});
	}

	it('writes a block where one is asked for', async () => {
		const text = 'if (a) {\n\treturn b;\n}\nif (a) {‸\n}\n';
		assert.equal(await ngrams(text, '', 'block'), '\n\treturn b;');
	});

	it('gives the share of each choice as its probability', () => {
		const cache = new NgramCache();
		const [first] = [...cache.predict(query('a.one();\na.two();\na.one();\nx = a.‸\n'), [])];
		assert.deepEqual(first, { text: 'one', probability: 2 / 3 });
	});

	it('ends, whatever repeats', async () => {
		assert.ok((await ngrams(`${'x '.repeat(200)}‸`)).length <= 64);
	});
});

describe('the similar line', () => {
	for (const [name, text, other, said] of [
		['goes on as a line that has the same beginning', 'const a = get(one);\nconst a = ‸\n', '', 'get(one);'],
		['takes the longest end in common', 'x = get(one);\ny = get(two);\nx = get(‸\n', '', 'one);'],
		['takes the nearest of equals', 'get(one);\nget(two);\nget(‸\n', '', 'two);'],
		['writes the line below the most similar one', 'alpha(beta);\nnext();\n\nalpha(beta);\n‸\n', '', 'next();'],
		['looks into other files', 'send(‸\n', 'send(message, now);\n', 'message, now);'],
		['does not look below', 'send(‸\n\nsend(message);\n', '', ''],
		['says nothing where nothing is alike', 'one\n!?!‸\n', '', ''],
		['says nothing in an empty file', '‸', '', ''],
	] as const) {
		it(name, async () => {
			assert.equal(await similar(text, other), said);
		});
	}

	it('writes below an opened block what stands below a similar one, indented as it is here', async () => {
		const text = 'for (const item of items) {\n\tsend(item);\n}\n\tfor (const item of items) {‸\n\t}\n';
		assert.equal(await similar(text, '', 'block'), '\n\t\tsend(item);');
	});
});

describe('a baseline in the place of the model', () => {
	it("is stopped by the product's rules, and its tokens are those of the text that is kept", async () => {
		const engine = baselineEngine(() => tokens('a|;⏎ .4|b'));
		const answer = await engine.complete(query('‸'), never);
		assert.equal(answer.text, 'a;');
		assert.equal(answer.stopReason, 'end-of-line');
		assert.deepEqual(answer.tokens, [
			{ text: 'a', probability: 0.95 },
			{ text: ';', probability: 0.4 },
		]);
	});

	it('stops at a floor as the engine does', async () => {
		const engine = baselineEngine(() => tokens('a|b .2|c'));
		const answer = await engine.complete({ ...query('‸'), probabilityFloor: 0.3 }, never);
		assert.deepEqual([answer.text, answer.stopReason], ['a', 'low-probability']);
	});
});
