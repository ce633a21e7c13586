import assert from 'node:assert/strict';
import { leastIndentation } from '../../../src/core/completion/bodyNeeded';
import { fitsPlace, possibleStart } from '../../../src/core/completion/candidateRanking';

const cases: readonly (readonly [name: string, prefix: string, columns: number])[] = [
	['behind a function that has nothing yet', 'def f(a):\n', 1],
	['behind its docstring', 'def f(a):\n    """Adds.\n\n    >>> f(1)\n    2\n    """\n', 1],
	['behind a docstring of one line', "class A:\n    '''A thing.'''\n\n", 1],
	['behind a raw docstring', 'def f():\n    r"""\\d"""\n', 1],
	['behind a nested header', 'def f(a):\n    if a:\n', 5],
	['behind a header with a comment', 'for x in xs:  # each\n', 1],
	['behind a comment under a header', 'while True:\n    # forever\n', 1],
	['behind an async function', '    async def f(self):\n', 5],
	['behind the second line of a signature', 'def f(\n    a,\n) -> int:\n', 0],
	['behind a statement', 'def f(a):\n    b = a\n', 0],
	['behind a docstring and a statement', 'def f():\n    """Adds."""\n    pass\n', 0],
	['behind the docstring of a module', '"""Adds."""\n', 0],
	['behind a string that is assigned', 'text = """\nif a:\n"""\n', 0],
	['behind a dictionary that is begun', 'sizes = {\n', 0],
	['behind a slice', 'a[1:]\n', 0],
	['where the line has begun', 'def f(a):\n    retu', 0],
	['at the start of a file', '', 0],
];

describe('leastIndentation', () => {
	for (const [name, prefix, columns] of cases) {
		it(`is ${columns} ${name}`, () => {
			assert.equal(leastIndentation(prefix), columns);
		});
	}

	it('lets no answer begin in column 0 where a function has no body', () => {
		const prefix = 'def f(a):\n    """Adds."""\n';
		const mayBegin = possibleStart(prefix);
		assert.deepEqual(
			['# Example usage:', 'print(f(1))', '    return a', '   ', '\t'].map(text => mayBegin(text)),
			[false, false, true, true, true],
		);
		assert.equal(fitsPlace('# Example usage:', { prefix, suffix: '\n', languageId: 'python' }), false);
	});

	it('counts the blanks that stand left of the cursor', () => {
		assert.equal(possibleStart('if a:\n    ')('b()'), true);
	});
});
