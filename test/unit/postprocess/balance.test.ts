import assert from 'node:assert/strict';
import { imbalance, worsensBalance } from '../../../src/core/postprocess/balance';
import { atCursor } from '../../support/cursor';
import { check } from './cases';

describe('a suggestion and the brackets around it', () => {
	check([
		{
			it: 'ends before brackets that nothing opened',
			at: 'f(‸',
			says: 'a\n}\n}\n}',
			becomes: 'f(a',
			fired: ['cutUnbalanced'],
		},
		{
			it: 'ends before the line that leaves a string open, and closes no bracket within that string',
			at: '‸\nnext();\n',
			says: 'call(\n\t"abc',
			becomes: 'call(\nnext();\n',
			fired: ['cutUnbalanced'],
		},
		{
			it: 'ends before the line whose template is cut at its brace, instead of a brace on the line below',
			at: '‸\nnext();\n',
			says: 'const a = 1;\nconst b = `a ${',
			becomes: 'const a = 1;\nnext();\n',
		},
		{
			it: 'ends before the line that leaves a bracket open within it',
			at: '‸\nnext();\n',
			says: 'const a = 1;\nconst b = f(a,',
			becomes: 'const a = 1;\nnext();\n',
		},
		{
			it: 'ends before a comment that would swallow what follows',
			at: '‸\nnext();\n',
			says: 'const a = 1;\n/* and',
			becomes: 'const a = 1;\nnext();\n',
		},
		{
			it: 'is nothing when all of it is such a comment',
			at: '‸\nnext();\n',
			says: '/* and',
			becomes: undefined,
		},
		{
			it: 'ends before a documentation string that would swallow what follows',
			at: 'def f():\n    ‸\n\nnext()\n',
			says: 'a = 1\n    """And',
			becomes: 'def f():\n    a = 1\n\nnext()\n',
			language: 'python',
		},
		{
			it: 'may open a block, where the user goes on',
			at: '‸\nnext();',
			says: 'if (a) {',
			becomes: 'if (a) {\nnext();',
		},
		{ it: 'may open a call, where the user goes on', at: 'a = ‸', says: 'f(b, [', becomes: 'a = f(b, [' },
		{ it: 'may begin a string, where the user goes on', at: 'a = ‸', says: '"abc', becomes: 'a = "abc' },
		{ it: 'may close what is open', at: 'f(g(‸', says: 'a))', becomes: 'f(g(a))' },
		{
			it: 'ends before a bracket that closes over one which is open',
			at: 'f(() => {\n\tg(‸',
			says: 'a\n}',
			becomes: 'f(() => {\n\tg(a',
		},
		{ it: 'may write any bracket in a string', at: 'a = "‸"', says: ') ( }', becomes: 'a = ") ( }"' },
		{ it: 'may write any bracket in a comment', at: '// ‸\nnext();', says: ':-) {', becomes: '// :-) {\nnext();' },
		{
			it: 'is nothing when it opens a bracket in front of code',
			at: 'a = ‸b;',
			says: 'f(',
			becomes: undefined,
			fired: ['keepBalance'],
		},
		{
			it: 'is nothing when it leaves a bracket open in a template',
			at: 'a = `x ${‸}`;',
			says: 'f(\n\tb',
			becomes: undefined,
		},
		{
			it: 'is nothing when it ends a comment that goes on',
			at: '/* a ‸\n * (b) } */',
			says: '*/ f(',
			becomes: undefined,
		},
	]);
});

describe('the imbalance of code', () => {
	const cases: readonly (readonly [
		text: string,
		closers: number,
		openers: number,
		literals: number,
		crossed?: number,
	])[] = [
		['f(a, [b], {})', 0, 0, 0],
		['f(a', 0, 1, 0],
		['a)]', 2, 0, 0],
		['f([a)', 0, 1, 0, 1],
		['f(a]', 1, 1, 0],
		['")" // (', 0, 0, 0],
		['"abc', 0, 0, 1],
		['f(); /* and (', 0, 0, 1],
		['f(); /* and */', 0, 0, 0],
		['`a ${b(} c`', 0, 1, 0, 1],
	];
	for (const [text, closers, openers, literals, crossed = 0] of cases) {
		it(`of ${JSON.stringify(text)}`, () => {
			assert.deepEqual(imbalance(text, 'typescript'), { closers, openers, literals, crossed });
		});
	}

	it('may grow by what the only line of an item opens, and only at the end of a line', () => {
		const worsens = (at: string, text: string): boolean =>
			worsensBalance({ text, replaceAfter: 0 }, { ...atCursor(at), languageId: 'typescript' });
		assert.equal(worsens('‸\nb();', 'f('), false);
		assert.equal(worsens('‸ b();', 'f('), true);
		assert.equal(worsens('‸\nb();', 'a();\nf('), true);
		assert.equal(worsens('f(‸)', ')'), true);
		assert.equal(worsens('f(‸', ')'), false);
	});
});
