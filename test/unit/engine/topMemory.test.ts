import assert from 'node:assert/strict';
import { Completer } from '../../../src/engine/completer';
import type { NextToken } from '../../../src/engine/engineModel';
import { TopMemory } from '../../../src/engine/topMemory';
import { answerOf, fakeFormat, FakeSequence } from './fakeModel';

const top: readonly NextToken[] = [{ token: 1, probability: 1 }];

describe('TopMemory', () => {
	it('knows a prompt by its tokens', () => {
		const memory = new TopMemory();
		memory.set([1, 2, 3], top);
		assert.equal(memory.get([1, 2, 3]), top);
		for (const other of [[1, 2], [1, 2, 4], [0, 2, 3], [1, 2, 3, 4], []]) {
			assert.equal(memory.get(other), undefined);
		}
	});

	it('forgets what was noted longest ago', () => {
		const memory = new TopMemory();
		for (const token of [1, 2, 1, 3, 4, 5]) {
			memory.set([token], top);
		}
		assert.deepEqual(
			[1, 2, 3, 4, 5].filter(token => memory.get([token]) !== undefined),
			[1, 3, 4, 5],
		);
	});
});

describe('healing while a word is typed', () => {
	/** Words are tokens here, as in a real vocabulary; all else is a token a character. */
	const words = ['r', 're', 'ret', 'return'];
	const idOf = (text: string): number => (words.includes(text) ? words.indexOf(text) : (text.codePointAt(0) ?? 0));
	const textOf = (token: number): string => words[token] ?? String.fromCodePoint(token);
	const tokenize = (text: string): number[] => (text.match(/[a-z]+|[^a-z]/gu) ?? []).map(idOf);

	function setUp() {
		const sequence = new FakeSequence();
		sequence.answer = answerOf(' 1\n');
		sequence.top = [[{ token: idOf('return'), probability: 1 }]];
		const completer = new Completer({
			format: fakeFormat,
			tokenizer: { tokenize, split: text => (text === '' ? [] : [text]) },
			decode: tokens => tokens.map(textOf).join(''),
			sequence,
		});
		const type = (prefix: string) => {
			const place = { requestId: 1, path: 'a.ts', languageId: 'typescript', prefix, suffix: '' };
			const limits = { pieces: [], extent: 'line' as const, maxTokens: 8, probabilityFloor: 0 };
			sequence.slices.length = 0;
			return completer.run({ ...place, ...limits }, new AbortController().signal, () => undefined);
		};
		return { sequence, type };
	}

	it('evaluates what follows the text before the word once only', async () => {
		const { sequence, type } = setUp();
		assert.equal((await type('{\nr')).text, 'eturn 1');
		assert.equal((await type('{\nre')).text, 'turn 1');
		// `return` and the two characters behind it: nothing of the prompt, and nothing for healing.
		assert.deepEqual(sequence.slices, [1, 1, 1]);
		const last = await type('{\nret');
		assert.deepEqual([last.text, last.evaluatedTokens], ['urn 1', 1]);
	});

	it('evaluates it again for another place', async () => {
		const { sequence, type } = setUp();
		await type('{\nr');
		sequence.top = [[{ token: idOf('ret'), probability: 1 }]];
		assert.equal((await type('{\n\nre')).text, 't 1');
	});
});
