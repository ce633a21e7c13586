import assert from 'node:assert/strict';
import { heal, takeBack } from '../../../src/engine/healing';
import type { NextToken } from '../../../src/engine/engineModel';

/** The vocabulary: a token's id is its place. */
const words = ['let', ' a', ' =', ' ', 'ret', 'return', ' retur', 'n', '\t', '(', ' 0', 're', 't', '\uFFFD', ''];

function ids(...texts: string[]): number[] {
	return texts.map(text => words.indexOf(text));
}

function decode(tokens: readonly number[]): string {
	return tokens.map(token => words[token] ?? '').join('');
}

function top(...entries: [text: string, probability: number][]): NextToken[] {
	return entries.map(([text, probability]) => ({ token: words.indexOf(text), probability }));
}

function taken(prefix: string, prompt: number[], open = prompt.length) {
	return takeBack(prompt, { open, prefix, decode });
}

describe('takeBack', () => {
	const cases: readonly { name: string; prefix: string; prompt: number[]; typed: string }[] = [
		{ name: 'takes a word back', prefix: 'let', prompt: ids('let'), typed: 'let' },
		{ name: 'takes a space back', prefix: 'let ', prompt: ids('let', ' '), typed: ' ' },
		{ name: 'leaves brackets', prefix: 'let(', prompt: ids('let', '('), typed: '' },
		{ name: 'takes tabs back', prefix: '\t', prompt: ids('\t'), typed: '\t' },
		{ name: 'takes all white space back', prefix: 'let \t ', prompt: ids('let', ' ', '\t', ' '), typed: ' \t ' },
		{
			name: 'takes at most four tokens back',
			prefix: ' '.repeat(6),
			prompt: ids(' ', ' ', ' ', ' ', ' ', ' '),
			typed: '    ',
		},
		{ name: 'takes no word back in front of white space', prefix: 'let ', prompt: ids('let', ' '), typed: ' ' },
		{ name: 'takes no white space back in front of a word', prefix: '\tlet', prompt: ids('\t', 'let'), typed: 'let' },
		{ name: 'leaves what it does not find in the text', prefix: 'é', prompt: ids('\uFFFD'), typed: '' },
		{ name: 'leaves an empty prompt', prefix: '', prompt: [], typed: '' },
	];
	for (const { name, prefix, prompt, typed } of cases) {
		it(name, () => {
			const healable = taken(prefix, prompt);
			assert.equal(healable.typed, typed);
			assert.equal(decode(healable.tokens) + typed, decode(prompt));
		});
	}

	it('leaves a prompt alone that ends with something else than the text before the cursor', () => {
		assert.equal(taken('let', ids('let'), 0).typed, '');
	});
});

describe('heal', () => {
	async function healed(typed: string, ...steps: NextToken[][]) {
		return heal({ tokens: ids('let'), typed, taken: 1 }, () => Promise.resolve(steps.shift() ?? []), { decode });
	}

	it('takes the most probable token that begins with what was typed', async () => {
		const result = await healed(' ', top(['(', 0.6], [' 0', 0.1], [' =', 0.3]));
		assert.deepEqual([result?.tokens, result?.text], [ids(' ='), '=']);
		assert.ok(Math.abs((result?.probability ?? 0) - 0.75) < 1e-9);
	});

	it('may write exactly what was typed', async () => {
		const result = await healed('ret', top(['ret', 0.9], ['return', 0.1]));
		assert.deepEqual([result?.tokens, result?.text], [ids('ret'), '']);
	});

	it('may write what was typed as several tokens', async () => {
		const result = await healed('ret', top(['re', 1]), top(['t', 0.5], ['n', 0.5]));
		assert.deepEqual([result?.tokens, result?.text, result?.probability], [ids('re', 't'), '', 1]);
	});

	it('gives up when no likely token spells it', async () => {
		assert.equal(await healed('ret', top(['(', 0.9], [' a', 0.1])), undefined);
		assert.equal(await healed('ret', []), undefined);
	});

	it('gives up on a word that comes back letter by letter', async () => {
		assert.equal(await healed('ttttt', ...Array.from({ length: 5 }, () => top(['t', 1]))), undefined);
	});

	it('asks for what follows the prompt and what is written again so far', async () => {
		const asked: (readonly number[])[] = [];
		const steps = [top(['re', 1]), top(['t', 1])];
		const topAfter = (prompt: readonly number[]) => {
			asked.push(prompt);
			return Promise.resolve(steps.shift() ?? []);
		};
		await heal({ tokens: ids('let'), typed: 'ret', taken: 1 }, topAfter, { decode });
		assert.deepEqual(asked, [ids('let'), ids('let', 're')]);
	});

	it('hears the prior about a token that the model does not think of', async () => {
		const prior = {
			trust: { base: 5, perDoubling: 0, perShare: 0 },
			next: () => ({ agreeing: 1, tokens: new Map([[words.indexOf('return'), 1]]) }),
		};
		const likely = top(['ret', 0.9], ['(', 0.1]);
		const result = await heal({ tokens: ids('let'), typed: 'ret', taken: 1 }, () => Promise.resolve(likely), {
			decode,
			prior,
		});
		assert.deepEqual([result?.tokens, result?.text, result?.fromPrior], [ids('return'), 'urn', true]);
	});

	it('does not take the end of generation or a token without text for a spelling', async () => {
		assert.equal(await healed('ret', [{ token: undefined, probability: 1 }, ...top(['', 1])]), undefined);
	});
});
