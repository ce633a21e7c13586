import assert from 'node:assert/strict';
import { describePrompt } from '../../../src/engine/describePrompt';
import { decode, encode } from './fakeModel';

const names = new Map([
	[0xe000, '<bos>'],
	[0xe001, '<|fim_prefix|>'],
]);

describe('describePrompt', () => {
	it('names control tokens and leaves text that looks like one as text', () => {
		const parts = describePrompt([0xe000, 0xe001, ...encode('<bos>')], decode, names);
		assert.deepEqual(parts, [
			{ kind: 'control', text: '<bos>', tokens: 1 },
			{ kind: 'control', text: '<|fim_prefix|>', tokens: 1 },
			{ kind: 'text', text: '<bos>', tokens: 5 },
		]);
	});

	it('has a part for each line, with its tokens counted', () => {
		const parts = describePrompt(encode('ab\n\nc'), decode, names);
		assert.deepEqual(
			parts.map(({ text, tokens }) => [text, tokens]),
			[
				['ab\n', 3],
				['\n', 1],
				['c', 1],
			],
		);
	});

	it('joins the tokens of one character, and counts each', () => {
		const halves = (tokens: readonly number[]): string => (tokens.length === 1 ? '\uFFFD' : '€');
		assert.deepEqual(describePrompt([1, 2], halves, names), [{ kind: 'text', text: '€', tokens: 2 }]);
	});

	it('shows bytes that make no character as what they are', () => {
		const broken = (): string => '\uFFFDx';
		assert.deepEqual(describePrompt([1], broken, names), [{ kind: 'text', text: '\uFFFD', tokens: 1 }]);
	});

	it('is empty for an empty prompt', () => {
		assert.deepEqual(describePrompt([], decode, names), []);
	});
});
