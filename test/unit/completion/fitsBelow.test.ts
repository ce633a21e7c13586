import assert from 'node:assert/strict';
import { fitsBelow, hasBodyBelow } from '../../../src/core/completion/fitsBelow';

interface Case {
	readonly name: string;
	readonly line: string;
	readonly below: string | undefined;
}

const fitting: readonly Case[] = [
	{ name: 'anything at the end of a file', line: 'return 1', below: undefined },
	{ name: 'a Python header in front of its body', line: '    for x in xs:', below: '        total += x' },
	{ name: 'a brace in front of its body', line: 'if (a) {', below: '\tb();' },
	{ name: 'a Lua header in front of its body', line: 'for i = 1, 3 do', below: '  print(i)' },
	{ name: 'a call that goes on below', line: 'const a = call(', below: '\tb,' },
	{ name: 'an expression that goes on below', line: 'const a = b +', below: '\tc;' },
	{ name: 'the head of a chain', line: 'return fetch(url)', below: '\t.then(read)' },
	{ name: 'a statement in front of another', line: '\ta();', below: '\tb();' },
	{ name: 'a return at the end of a block', line: '\treturn a;', below: '}' },
	{ name: 'a return in front of a line that is less deep', line: '        return a', below: '    b()' },
	{ name: 'a break in front of the next case', line: '\t\tbreak;', below: "\tcase 'b':" },
	{ name: 'a return in front of else', line: '    return a', below: '    else:' },
	{ name: 'a return in front of a comment', line: '\treturn a;', below: '\t// unreachable, but it may be a label' },
	{ name: 'a return of what goes on below', line: '    return [', below: '    1,' },
];

const unfitting: readonly Case[] = [
	{ name: 'a statement in front of a deeper line', line: '    return n', below: '        result.append(n)' },
	{ name: 'a statement in front of a deeper line in braces', line: 'a();', below: '\tb();' },
	{ name: 'a comment with a colon in front of a deeper line', line: '# Example usage:', below: '        return []' },
	{ name: 'a comment in column 0 within a function', line: '# Test the function', below: '    return n' },
	{ name: 'a return in front of a statement of the same block', line: '    return n', below: '    m = 2' },
	{ name: 'a throw in front of a statement of the same block', line: "\tthrow new Error('a');", below: '\tb();' },
	{ name: 'a Go return in front of a statement', line: '\treturn nil, err', below: '\tdefer file.Close()' },
];

describe('fitsBelow', () => {
	for (const { name, line, below } of fitting) {
		it(`lets ${name} stand`, () => {
			assert.equal(fitsBelow(line, below), true);
		});
	}
	for (const { name, line, below } of unfitting) {
		it(`refuses ${name}`, () => {
			assert.equal(fitsBelow(line, below), false);
		});
	}
});

describe('hasBodyBelow', () => {
	it('knows that what a line opens is filled already', () => {
		assert.equal(hasBodyBelow('    for x in xs:', '        total += x'), true);
		assert.equal(hasBodyBelow('if (a) {', '\tb();'), true);
	});

	it('leaves a block that is still to be written', () => {
		assert.equal(hasBodyBelow('    for x in xs:', '    return total'), false);
		assert.equal(hasBodyBelow('if (a) {', '}'), false);
		assert.equal(hasBodyBelow('a();', '\tb();'), false);
		assert.equal(hasBodyBelow('if (a) {', undefined), false);
	});
});
