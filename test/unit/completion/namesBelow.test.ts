import assert from 'node:assert/strict';
import { definitionStarts, namesBelow } from '../../../src/core/completion/namesBelow';

interface Case {
	readonly name: string;
	readonly prefix: string;
	readonly suffix: string;
	readonly names: readonly string[];
}

const cases: readonly Case[] = [
	{ name: 'a variable that is used below', prefix: 'def f(a):\n', suffix: '\n    total += a\n', names: ['total'] },
	{ name: 'at most two', prefix: 'def f():\n', suffix: '\n    return a + b + c\n', names: ['a', 'b'] },
	{ name: 'nothing that stands above', prefix: 'def f(a):\n    b = 1\n', suffix: '\n    return a + b\n', names: [] },
	{ name: 'nothing that is defined below', prefix: 'def f():\n', suffix: '\n    a = 1\n    return a\n', names: [] },
	{ name: 'nothing that a loop defines', prefix: 'def f(xs):\n', suffix: '\n    for a, b in xs: g(a, b)\n', names: [] },
	{
		name: 'nothing that a comprehension defines',
		prefix: 'xs=1\n',
		suffix: '\n    return [x for x in xs]\n',
		names: [],
	},
	{ name: 'nothing that is called', prefix: 'def f():\n', suffix: '\n    return len(sorted("a"))\n', names: [] },
	{ name: 'no members', prefix: 'def f(a):\n', suffix: '\n    return a.size\n', names: [] },
	{ name: 'no keywords', prefix: 'function f() {\n', suffix: '\n\treturn this === undefined;\n}\n', names: [] },
	{ name: 'no names of arguments', prefix: 'def f(a):\n', suffix: '\n    return sorted(a, key=a)\n', names: [] },
	{ name: 'nothing in strings and comments', prefix: 'f(\n', suffix: "\n    g('word') # other\n", names: [] },
	{
		name: 'nothing of the next function',
		prefix: 'def f():\n',
		suffix: '\n    pass\n\ndef g():\n    return z\n',
		names: [],
	},
	{ name: 'a module whose members are used', prefix: 'def f():\n', suffix: '\n    return math.pi\n', names: ['math'] },
];

describe('namesBelow', () => {
	for (const { name, prefix, suffix, names } of cases) {
		it(`finds ${name}`, () => {
			assert.deepEqual(namesBelow({ prefix, suffix }), names);
		});
	}
});

describe('definitionStarts', () => {
	it('begins a definition as the language does, indented as what follows', () => {
		const python = { prefix: 'def f(a):\n', suffix: '\n    total += a\n', languageId: 'python' };
		assert.deepEqual(definitionStarts(python), ['    total', '    for total']);
		const typescript = { prefix: 'function f() {\n', suffix: '\n\treturn total;\n}\n', languageId: 'typescript' };
		assert.deepEqual(definitionStarts(typescript), ['\tconst total', '\tlet total']);
		const rust = { prefix: 'fn f() -> u8 {\n    ', suffix: '\n    total\n}\n', languageId: 'rust' };
		assert.deepEqual(definitionStarts(rust), ['let total', 'let mut total']);
	});

	it('has none in the middle of a line, and in front of other text', () => {
		const place = { suffix: '\n    total += a\n', languageId: 'python' };
		assert.deepEqual(definitionStarts({ ...place, prefix: 'def f(a):\n    x = ' }), []);
		assert.deepEqual(definitionStarts({ ...place, prefix: 'def f(a):\n    ', suffix: ')\n    total += a\n' }), []);
	});

	it('has none in languages whose definitions begin with a type', () => {
		assert.deepEqual(
			definitionStarts({ prefix: 'int f() {\n\t', suffix: '\n\treturn total;\n}\n', languageId: 'c' }),
			[],
		);
	});
});
